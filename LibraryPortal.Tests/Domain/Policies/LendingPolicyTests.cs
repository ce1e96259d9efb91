using LibraryPortal.Domain.Policies;

namespace LibraryPortal.Tests.Domain.Policies;

public sealed class LendingPolicyTests
{
    [Theory]
    [InlineData("Adult", 5, 10, 21, 2)]
    [InlineData("Student", 5, 10, 28, 2)]
    [InlineData("Child", 3, 5, 21, 2)]
    [InlineData("Staff", 10, 20, 60, 3)]
    public void Defaults_AreThoseOfTheDesign(string category, int openRequests, int loans, int days, int renewals)
    {
        var policy = PolicyDefaults.All.Single(policy => policy.Category == category);
        Assert.Equal((openRequests, loans, days, renewals), (policy.OpenRequests, policy.Loans, policy.LoanDays, policy.Renewals));
        Assert.Equal((10, 7, 3, 7, 60, false), (policy.RequestsPerDay, policy.RenewalWindowDays, policy.OverdueBlock, policy.CollectOpenDays, policy.RequestDays, policy.AutoApproves));
        Assert.Null(policy.Check());
    }

    [Fact]
    public void Check_WhenANumberIsOutOfRange_NamesItAndTheRange()
    {
        Assert.Equal("Loan days for Adult must be between 1 and 365; it is 0.", (PolicyDefaults.Adult with { LoanDays = 0, RenewalWindowDays = 1 }).Check()!.Message);
        Assert.Equal("Renewal window for Adult must be between 1 and 5; it is 7.", (PolicyDefaults.Adult with { LoanDays = 5 }).Check()!.Message);
        Assert.Equal("Longest pause for Adult must be between 1 and 365; it is 366.", (PolicyDefaults.Adult with { PauseDays = 366 }).Check()!.Message);
    }

    [Fact]
    public void Check_WhenCategoryHasNoName_SaysSo() => Assert.Equal("policy-category", (PolicyDefaults.Adult with { Category = " " }).Check()!.Rule);
}
