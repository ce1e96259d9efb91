using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace LibraryPortal.Components.Layout;

/// <summary>Keeps the shell standing when a page fails. Where the page is being sent for the first time, the answer is still a 500.</summary>
public sealed class PageBoundary : ErrorBoundary
{
    [CascadingParameter]
    HttpContext? HttpContext { get; set; }

    protected override async Task OnErrorAsync(Exception exception)
    {
        await base.OnErrorAsync(exception);
        if (HttpContext is { Response.HasStarted: false } context)
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
    }
}
