using LibraryPortal.Domain.Policies;

namespace LibraryPortal.Features.LendingRules;

/// <summary>One number of a lending policy on the page: its words, and how to read and change it.</summary>
/// <param name="Name">As <see cref="LendingPolicy.Check"/> calls it, so that a refusal names the field.</param>
/// <param name="Hint">What it means, in a few words.</param>
internal sealed record PolicyField(string Name, string Hint, int Least, int Most, Func<LendingPolicy, int> Read, Func<LendingPolicy, int, LendingPolicy> With)
{
    /// <summary>In the order in which a librarian thinks of them.</summary>
    public static IReadOnlyList<PolicyField> All { get; } =
    [
        new("Open requests", "waiting or ready at one time", 0, 100, policy => policy.OpenRequests, (policy, value) => policy with { OpenRequests = value }),
        new("Requests per day", "placed in one day", 0, 100, policy => policy.RequestsPerDay, (policy, value) => policy with { RequestsPerDay = value }),
        new("Loans", "books at one time", 0, 500, policy => policy.Loans, (policy, value) => policy with { Loans = value }),
        new("Loan days", "of a loan, and of each renewal", 1, 365, policy => policy.LoanDays, (policy, value) => policy with { LoanDays = value }),
        new("Renewals", "of one loan", 0, 50, policy => policy.Renewals, (policy, value) => policy with { Renewals = value }),
        new("Renewal window", "days before the due date", 1, 365, policy => policy.RenewalWindowDays, (policy, value) => policy with { RenewalWindowDays = value }),
        new("Overdue books that block", "0: never", 0, 100, policy => policy.OverdueBlock, (policy, value) => policy with { OverdueBlock = value }),
        new("Open days to collect", "a copy waits at the desk", 1, 60, policy => policy.CollectOpenDays, (policy, value) => policy with { CollectOpenDays = value }),
        new("Days a request waits", "to be filled", 1, 730, policy => policy.RequestDays, (policy, value) => policy with { RequestDays = value }),
        new("Longest pause", "days, all pauses of a request together", 1, 365, policy => policy.PauseDays, (policy, value) => policy with { PauseDays = value }),
    ];
}
