using LibraryPortal.Components.Pages;
using LibraryPortal.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace LibraryPortal.Tests.Components.Pages;

/// <summary>The page of an error: its reference is one the staff can find.</summary>
public sealed class ErrorPageTests
{
    [Fact]
    public async Task Reference_StandsInTheLog_AndTheErrorOnlyThere()
    {
        using var log = new CapturedLog();
        var context = new DefaultHttpContext { TraceIdentifier = "0HN7:00000002" };
        context.Features.Set<IExceptionHandlerPathFeature>(new ExceptionHandlerFeature { Path = "/account/data", Error = new InvalidOperationException("a secret") });
        await using var renderer = Renderer(log, context);

        var html = await renderer.HtmlAsync<ErrorPage>();

        Assert.Contains("<code class=\"reference\"", html, StringComparison.Ordinal);
        Assert.Contains("0HN7:00000002", html, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", html, StringComparison.Ordinal);
        Assert.Contains("/account/data failed; whoever asked was told reference 0HN7:00000002. a secret", Assert.Single(log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutAnError_ThereIsNoReference()
    {
        using var log = new CapturedLog();
        await using var renderer = Renderer(log, new DefaultHttpContext());

        Assert.DoesNotContain("reference", await renderer.HtmlAsync<ErrorPage>(), StringComparison.Ordinal);
        Assert.Empty(log.Lines);
    }

    static ComponentRenderer Renderer(CapturedLog log, HttpContext context) => new(configure: services =>
    {
        services.AddLogging(logging => logging.AddProvider(log));
        services.AddCascadingValue(_ => context);
    });
}
