using LibraryPortal.Identity;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.EndToEnd;

/// <summary>A portal with one account of each role, for tests that share it because they change nothing another would miss.</summary>
public sealed class PortalWithLibrary : PortalApp
{
    public const string Reader = "ruth";
    public const string Librarian = "lena";
    public const string Admin = "anna";

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await CreateUserAsync(Reader);
        await CreateUserAsync(Librarian, Roles.Librarian);
        await CreateUserAsync(Admin, Roles.Admin);
    }
}
