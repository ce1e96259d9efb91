using LibraryPortal.Domain;
using LibraryPortal.Domain.Calendar;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Policies;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Domain.Rules;
using LibraryPortal.Tests.Domain.Calendar;

namespace LibraryPortal.Tests.Domain.Rules;

/// <summary>A library in Berlin on Friday, 1 May 2026, and facts that no rule minds.</summary>
static class RuleSamples
{
    public static DateTimeOffset Now { get; } = CalendarSamples.At("2026-05-01 12:00");

    public static LibraryRules Engine { get; } = new(CalendarSamples.Of());

    public static PatronFacts Ada { get; } = new() { Name = "Ada Reader", Policy = PolicyDefaults.Adult };

    public static TitleFacts Emma { get; } = new() { Name = "Emma", LendableCopies = 2, FreeCopies = 1 };

    public static LoanFacts Loan { get; } = new() { BookName = "Emma", DueAt = CalendarSamples.At("2026-05-04 23:59:59") };

    public static CopyFacts FreeCopy { get; } = new() { Barcode = "C-1", State = CopyState.Available };

    public static CopyFacts KeptCopy { get; } = new() { Barcode = "C-1", State = CopyState.SetAside, KeptForRequest = "R-000042", IsKeptForPatron = true };

    public static RequestFacts Request(RequestState state) => new()
    {
        Number = "R-000042",
        BookName = "Emma",
        State = state,
        ExpiresAt = CalendarSamples.At("2026-06-30 23:59:59"),
        CollectBy = state == RequestState.Ready ? CalendarSamples.At("2026-05-09 23:59:59") : null,
        Copy = state is RequestState.Ready or RequestState.OnLoan ? "C-1" : null,
    };

    /// <summary>The ruling has exactly this one answer, in both voices.</summary>
    public static void AssertRefuses(Ruling ruling, string rule, string toPatron, string? toLibrarian = null, int? number = null, string? earliest = null, bool mayOverride = false)
    {
        var only = Assert.Single(ruling.Breaks);
        Assert.False(ruling.IsAllowed);
        Assert.Equal((rule, toPatron, toLibrarian ?? toPatron), (only.Rule, only.ToPatron, only.ToLibrarian));
        Assert.Equal((number, earliest is null ? null : CalendarSamples.At(earliest), mayOverride), (only.Number, only.EarliestAt, only.MayOverride));
        Assert.Equal(new Refusal(only.Kind, toPatron, rule, only.EarliestAt, number), ruling.Refusal(RuleListener.Patron)! with { Others = [] });
        Assert.Equal(toLibrarian ?? toPatron, ruling.Refusal(RuleListener.Librarian)!.Message);
    }

    public static void AssertAllows(Ruling ruling) => Assert.Equal([], ruling.Breaks.Select(rule => rule.ToPatron));

    public static LibraryRules With(params IEnumerable<(string, string, string)> closures) => new(CalendarSamples.Of(closures));
}
