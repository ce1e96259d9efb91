using LibraryPortal.Domain.Policies;
using LibraryPortal.Features.LendingRules;
using LibraryPortal.Identity;
using LibraryPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Tests.Features.LendingRules;

/// <summary>Limits and periods per category, as an admin changes them.</summary>
public sealed class SavePolicyTests : IAsyncLifetime
{
    TestLibrary _library = null!;
    Caller _admin = null!;

    public async ValueTask InitializeAsync()
    {
        _library = await TestLibrary.CreateAsync();
        _admin = _library.Librarian with { IsAdmin = true };
    }

    public ValueTask DisposeAsync() => _library.DisposeAsync();

    [Fact]
    public async Task Change_CountsFromNowOn_AndIsAudited_WithWhatDiffers()
    {
        var before = PolicyDefaults.Adult;
        TestLibrary.Allowed(await Save.RunAsync(_admin, before, before with { LoanDays = 14, AutoApproves = true }, "Shorter in summer"));
        Assert.Equal(14, (await RowAsync("Adult")).LoanDays);
        await using var database = _library.Open();
        var entry = await database.Audit.SingleAsync(entry => entry.Action == "policy.changed");
        Assert.Equal(("Adult", "Shorter in summer", "librarian"), (entry.SubjectId, entry.Reason, entry.ActorName));
        Assert.Equal("""{"Loan days":21,"Approved by itself":false}""", entry.Before);
        Assert.Equal("""{"Loan days":14,"Approved by itself":true}""", entry.After);
    }

    [Fact]
    public async Task Change_OutOfRange_SaysWhichField_AndChangesNothing()
    {
        var refusal = TestLibrary.Refused(await Save.RunAsync(_admin, PolicyDefaults.Adult, PolicyDefaults.Adult with { Loans = -1 }, null), "policy-range");
        Assert.Equal("Loans for Adult must be between 0 and 500; it is -1.", refusal.Message);
        Assert.Equal(10, (await RowAsync("Adult")).Loans);
        // Every field of the page is one the check knows by that name.
        foreach (var field in PolicyField.All)
        {
            var wrong = TestLibrary.Refused(await Save.RunAsync(_admin, PolicyDefaults.Adult, field.With(PolicyDefaults.Adult, field.Most + 1), null), "policy-range");
            Assert.StartsWith(field.Name, wrong.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Change_OfWhatSomebodyElseChanged_IsRefused()
    {
        TestLibrary.Allowed(await Save.RunAsync(_admin, PolicyDefaults.Child, PolicyDefaults.Child with { Loans = 6 }, null));
        TestLibrary.Refused(await Save.RunAsync(_admin, PolicyDefaults.Child, PolicyDefaults.Child with { Renewals = 1 }, null), "changed-meanwhile");
        Assert.Equal((6, 2), ((await RowAsync("Child")).Loans, (await RowAsync("Child")).Renewals));
    }

    [Fact]
    public async Task Category_IsAdded_ButNotTwice_AndRemovedWhenNobodyHasIt()
    {
        var teacher = PolicyDefaults.Adult with { Category = " Teacher " };
        TestLibrary.Allowed(await Save.RunAsync(_admin, null, teacher, null));
        TestLibrary.Refused(await Save.RunAsync(_admin, null, teacher with { Category = "teacher" }, null), "category-exists");
        TestLibrary.Refused(await Save.RunAsync(_admin, null, teacher with { Category = " " }, null), "policy-category");
        TestLibrary.Allowed(await Save.RemoveAsync(_admin, "Teacher"));
        await _library.AddReaderAsync("kim", "Child");
        Assert.Contains("1 reader has the category Child", TestLibrary.Refused(await Save.RemoveAsync(_admin, "Child"), "category-in-use").Message, StringComparison.Ordinal);
        TestLibrary.Refused(await Save.RemoveAsync(_admin, "Adult"), "category-needed");
        var rows = TestLibrary.Allowed(await _library.Get<ListPolicies>().RunAsync(_admin));
        Assert.Equal([("Adult", 0), ("Child", 1), ("Staff", 1), ("Student", 0)], rows.Select(row => (row.Policy.Category, row.Patrons)));
    }

    [Fact]
    public async Task NobodyButAnAdmin_SeesOrChangesThem()
    {
        TestLibrary.Refused(await Save.RunAsync(_library.Librarian, PolicyDefaults.Adult, PolicyDefaults.Adult with { Loans = 99 }, null), "admin-only");
        TestLibrary.Refused(await Save.RemoveAsync(_library.Librarian, "Student"), "admin-only");
        TestLibrary.Refused(await _library.Get<ListPolicies>().RunAsync(_library.Librarian), "admin-only");
    }

    SavePolicy Save => _library.Get<SavePolicy>();

    async Task<LendingPolicy> RowAsync(string category)
    {
        await using var database = _library.Open();
        return await database.LendingPolicies.AsNoTracking().SingleAsync(policy => policy.Category == category);
    }
}
