using LibraryPortal.Features.Reports;
using LibraryPortal.Circulation.Loans;
using LibraryPortal.Circulation.Requests;
using LibraryPortal.Features.Requests;
using LibraryPortal.Data;
using LibraryPortal.Identity;
using LibraryPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Tests.EndToEnd;

/// <summary>A portal with the shipped catalogue, one account of each role, and a reader with requests and an export, so that no page is empty.
/// Tests share it because they change nothing another would miss.</summary>
public sealed class PortalWithLibrary : PortalApp
{
    public const string Reader = "ruth";
    public const string Librarian = "lena";
    public const string Admin = "anna";

    // Only there the shipped catalogue is put in by itself.
    public PortalWithLibrary() => EnvironmentName = "Development";

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        var reader = new Caller((await CreateUserAsync(Reader)).Id, IsLibrarian: false, IsAdmin: false);
        var librarian = new Caller((await CreateUserAsync(Librarian, Roles.Librarian)).Id, IsLibrarian: true, IsAdmin: false);
        await CreateUserAsync(Admin, Roles.Admin);

        // Few labels are left to print: a page of a thousand is no different, and slow to look at.
        var now = Services.GetRequiredService<TimeProvider>().GetUtcNow();
        await using (var database = await Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync())
            await database.Copies.Where(copy => copy.TitleId > 10).ExecuteUpdateAsync(set => set.SetProperty(copy => copy.LabelledAt, now));

        var request = Services.GetRequiredService<RequestTitle>();
        foreach (var title in Enumerable.Range(1, 4))
            Assert.Null((await request.RunAsync(reader, title)).Refusal);
        var mine = await Services.GetRequiredService<ListMyRequests>().FindActiveAsync(reader, 1);
        Assert.Null((await Services.GetRequiredService<ApproveRequest>().RunAsync(librarian, mine!.Id)).Refusal);
        Assert.Null((await Services.GetRequiredService<ExportMyRequests>().RunAsync(reader)).Refusal);
    }
}
