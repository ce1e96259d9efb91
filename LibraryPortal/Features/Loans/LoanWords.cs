using LibraryPortal.Domain.Calendar;

namespace LibraryPortal.Features.Loans;

/// <summary>Words and addresses of the lists of loans.</summary>
internal static class LoanWords
{
    public static string Of(LoanTab tab) => tab switch
    {
        LoanTab.Out => "On loan",
        LoanTab.DueSoon => "Due soon",
        LoanTab.Overdue => "Overdue",
        LoanTab.Lost => "Lost",
    };

    /// <summary>What an empty list means.</summary>
    public static string Empty(LoanTab tab) => tab switch
    {
        LoanTab.Out => "Every copy is in the house.",
        LoanTab.DueSoon => $"Nothing is due within {ListStaffLoans.SoonDays} days.",
        LoanTab.Overdue => "Nothing is overdue.",
        LoanTab.Lost => "No copy that is on loan is reported lost.",
    };

    /// <summary>The list's name in the address.</summary>
    public static string Slug(LoanTab tab) => tab switch
    {
        LoanTab.Out => "out",
        LoanTab.DueSoon => "due-soon",
        LoanTab.Overdue => "overdue",
        LoanTab.Lost => "lost",
    };

    public static LoanTab FromSlug(string? slug) => Enum.GetValues<LoanTab>().FirstOrDefault(tab => Slug(tab) == slug, LoanTab.Out);

    public static string Href(LoanTab tab, string? words = null, string? category = null, int page = 1) =>
        $"/staff/loans?tab={Slug(tab)}"
        + (string.IsNullOrEmpty(words) ? "" : $"&q={Uri.EscapeDataString(words)}")
        + (string.IsNullOrEmpty(category) ? "" : $"&category={Uri.EscapeDataString(category)}")
        + (page > 1 ? $"&page={page}" : "");

    /// <summary><c>1 day late</c>, counted in the library's days.</summary>
    public static string DaysLate(LibraryZone zone, DateTimeOffset dueAt, DateTimeOffset now)
    {
        var days = zone.DateAt(now).DayNumber - zone.DateAt(dueAt).DayNumber;
        return days == 1 ? "1 day late" : $"{days} days late";
    }
}
