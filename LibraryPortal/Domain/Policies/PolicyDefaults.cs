namespace LibraryPortal.Domain.Policies;

/// <summary>The categories a new library begins with (library.md, section 2); all can be edited.</summary>
public static class PolicyDefaults
{
    /// <summary>The category of whoever registers.</summary>
    public static LendingPolicy Adult { get; } = new() { Category = "Adult" };

    public static LendingPolicy Student { get; } = new() { Category = "Student", LoanDays = 28 };

    public static LendingPolicy Child { get; } = new() { Category = "Child", OpenRequests = 3, Loans = 5 };

    public static LendingPolicy Staff { get; } = new() { Category = "Staff", OpenRequests = 10, Loans = 20, LoanDays = 60, Renewals = 3 };

    public static IReadOnlyList<LendingPolicy> All { get; } = [Adult, Student, Child, Staff];
}
