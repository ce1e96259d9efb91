using LibraryPortal.Data;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;

namespace LibraryPortal.Identity.Pages.Parts;

/// <summary>A page about the signed-in person's own account. Loads it first; whoever's account is gone meanwhile is signed out.</summary>
public abstract class AccountPage : ComponentBase
{
    [CascadingParameter]
    internal HttpContext HttpContext { get; set; } = default!;

    [Inject]
    internal UserManager<PortalUser> Users { get; set; } = default!;

    [Inject]
    internal SignInManager<PortalUser> SignInManager { get; set; } = default!;

    [Inject]
    internal AccountRedirects Redirects { get; set; } = default!;

    /// <summary>Blank when the account is gone and the visitor is being sent away.</summary>
    protected PortalUser Account { get; private set; } = new();

    /// <summary>What went wrong with this form.</summary>
    protected string? Error { get; set; }

    protected sealed override async Task OnInitializedAsync()
    {
        if (await Users.GetUserAsync(HttpContext.User) is { } user)
        {
            Account = user;
            await LoadAsync();
            return;
        }

        await SignInManager.SignOutAsync();
        Redirects.To(AccountRoutes.SignIn);
    }

    /// <summary>Reads what the page shows beside the account.</summary>
    protected virtual Task LoadAsync() => Task.CompletedTask;

    /// <summary>Shows the page anew with one sentence of success; return at once afterwards.</summary>
    protected void Done(string path, string sentence) => Redirects.WithMessage(path, sentence, HttpContext);
}
