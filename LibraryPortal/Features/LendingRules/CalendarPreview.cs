namespace LibraryPortal.Features.LendingRules;

/// <summary>What a change of the calendar would do to dates already promised.</summary>
/// <param name="Due">Loans that get a later due date.</param>
/// <param name="Collect">Set-aside copies that wait longer.</param>
/// <param name="Moves">The first of them, soonest first.</param>
public sealed record CalendarPreview(int Due, int Collect, IReadOnlyList<MovedDate> Moves)
{
    public bool IsEmpty => Due + Collect == 0;
}

/// <summary>One promised date that would move.</summary>
/// <param name="IsLoan">True: a due date; false: a date to collect by.</param>
public sealed record MovedDate(bool IsLoan, string BookName, string PatronName, DateTimeOffset From, DateTimeOffset To);
