namespace LibraryPortal.Domain.Policies;

/// <summary>What patrons of one category may have, and for how long (library.md, section 2). Defaults are those of Adult.</summary>
public sealed record LendingPolicy
{
    /// <summary>The category as readers see it: <c>Adult</c>.</summary>
    public required string Category { get; init; }

    /// <summary>Requests waiting or ready at one time. Default: 5.</summary>
    public int OpenRequests { get; init; } = 5;

    /// <summary>Requests placed in one day of the library. Default: 10.</summary>
    public int RequestsPerDay { get; init; } = 10;

    /// <summary>Copies on loan at one time. Default: 10.</summary>
    public int Loans { get; init; } = 10;

    /// <summary>Days of a loan, and of each renewal. Default: 21.</summary>
    public int LoanDays { get; init; } = 21;

    /// <summary>How often one loan may be renewed. Default: 2.</summary>
    public int Renewals { get; init; } = 2;

    /// <summary>Days before the due date from which a loan may be renewed. Default: 7.</summary>
    public int RenewalWindowDays { get; init; } = 7;

    /// <summary>So many overdue books stop requests, loans and renewals. Default: 3; 0: never.</summary>
    public int OverdueBlock { get; init; } = 3;

    /// <summary>Open days a copy waits at the desk. Default: 7.</summary>
    public int CollectOpenDays { get; init; } = 7;

    /// <summary>Days a request waits to be filled, when the reader sets no date. Default: 60.</summary>
    public int RequestDays { get; init; } = 60;

    /// <summary>Days for which a request may rest, all its pauses together. Default: 365.</summary>
    public int PauseDays { get; init; } = 365;

    /// <summary>True: requests need no librarian. Default: false.</summary>
    public bool AutoApproves { get; init; }

    /// <summary>The first thing an administrator should put right; null when the policy can be kept.</summary>
    public Refusal? Check()
    {
        if (string.IsNullOrWhiteSpace(Category) || Category.Length > 40)
            return new Refusal(RefusalKind.Invalid, "A category needs a name of at most 40 characters.", "policy-category");
        (string Name, int Value, int Least, int Most)[] ranges =
        [
            ("Open requests", OpenRequests, 0, 100), ("Requests per day", RequestsPerDay, 0, 100), ("Loans", Loans, 0, 500),
            ("Loan days", LoanDays, 1, 365), ("Renewals", Renewals, 0, 50), ("Renewal window", RenewalWindowDays, 1, LoanDays),
            ("Overdue books that block", OverdueBlock, 0, 100), ("Open days to collect", CollectOpenDays, 1, 60),
            ("Days a request waits", RequestDays, 1, 730), ("Longest pause", PauseDays, 1, 365),
        ];
        foreach (var (name, value, least, most) in ranges)
        {
            if (value < least || value > most)
                return new Refusal(RefusalKind.Invalid, $"{name} for {Category} must be between {least} and {most}; it is {value}.", "policy-range");
        }

        return null;
    }
}
