namespace LibraryPortal.Circulation.Opening;

/// <summary>What moved off closed days.</summary>
/// <param name="Due">Loans that got a later due date.</param>
/// <param name="Collect">Set-aside copies that wait longer.</param>
public sealed record DatesMoved(int Due, int Collect);
