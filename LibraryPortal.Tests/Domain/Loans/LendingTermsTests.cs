using LibraryPortal.Domain.Loans;

namespace LibraryPortal.Tests.Domain.Loans;

public sealed class LendingTermsTests
{
    [Fact]
    public void DueDate_EndsWithTheDayOfTheLibrary()
    {
        var terms = new LendingTerms { TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin") };
        // Half past midnight in Berlin; the loan runs over the change to summer time.
        var due = terms.LoanDueAt(new DateTimeOffset(2026, 3, 9, 23, 30, 0, TimeSpan.Zero));
        Assert.Equal(new DateTimeOffset(2026, 3, 31, 23, 59, 59, TimeSpan.FromHours(2)), due);
        Assert.Equal("31 March 2026", terms.Say(due));
    }

    [Fact]
    public void StartOfDay_WhereClocksJumpOverMidnight_IsWhenTheyLand()
    {
        var terms = new LendingTerms { TimeZone = TimeZoneInfo.FindSystemTimeZoneById("America/Sao_Paulo") };
        var start = terms.StartOfDay(new DateTimeOffset(2018, 11, 4, 12, 0, 0, TimeSpan.FromHours(-2)));
        Assert.Equal(new DateTimeOffset(2018, 11, 4, 1, 0, 0, TimeSpan.FromHours(-2)), start);
    }
}
