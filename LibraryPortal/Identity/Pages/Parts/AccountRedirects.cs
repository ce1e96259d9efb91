using Microsoft.AspNetCore.Components;

namespace LibraryPortal.Identity.Pages.Parts;

/// <summary>Sends a form's visitor on, inside the portal only. The method that calls it goes on afterwards: return at once.</summary>
internal sealed class AccountRedirects(NavigationManager navigation)
{
    internal const string StatusCookie = "LibraryPortal.Status";

    static readonly CookieBuilder Status = new()
    {
        Name = StatusCookie,
        SameSite = SameSiteMode.Strict,
        SecurePolicy = CookieSecurePolicy.SameAsRequest,
        HttpOnly = true,
        IsEssential = true,
        MaxAge = TimeSpan.FromSeconds(10),
    };

    /// <param name="address">A local path; anything else becomes the home page.</param>
    public void To(string? address) => navigation.NavigateTo(LocalAddress.OrHome(address));

    public void To(string path, Dictionary<string, object?> query) => To(navigation.GetUriWithQueryParameters(path, query));

    /// <summary>Says one sentence on the page it leads to.</summary>
    public void WithMessage(string path, string sentence, HttpContext context)
    {
        context.Response.Cookies.Append(StatusCookie, Uri.EscapeDataString(sentence), Status.Build(context));
        To(path);
    }
}
