using System.Net;
using LibraryPortal.Components.Shared.Slots;
using LibraryPortal.Tests.Support;
using LibraryPortal.Tests.Support.Browser;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Playwright;

namespace LibraryPortal.Tests.EndToEnd;

/// <summary>A page with a bug in it: the shell stays, the answer is a 500, and the way on is open.</summary>
public sealed class FailingPageTests(BrowserFixture browser, FailingPageTests.PortalWithABug portal) : BrowserTest(browser), IClassFixture<FailingPageTests.PortalWithABug>
{
    [Fact]
    public async Task PageThatFails_SaysSo_AndOtherPagesStillWork()
    {
        using (var client = portal.CreateClient())
        using (var response = await client.GetAsync(new Uri("/", UriKind.Relative)))
            Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);

        var page = await OpenWindowAsync(portal.Address);
        await page.VisitAsync("/");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("This page met an error");
        Assert.DoesNotContain("a secret", await page.ContentAsync(), StringComparison.Ordinal);
        await Axe.AssertNoViolationsAsync(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "Privacy" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Privacy");
        Assert.Contains(portal.Log.Lines, line => line.Contains("a secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task FailureOfTheCircuit_SaysSo_NotBeforeItIsOne_WhateverStylesAreThere()
    {
        await portal.CreateUserAsync("reader");
        var page = await OpenWindowAsync(portal.Address);
        await page.SignInAsync("reader", PortalApp.Password);
        var message = page.Locator("#blazor-error-ui");
        await page.RouteAsync("**/*.css", route => route.AbortAsync());
        await page.VisitAsync("/privacy");
        await Assertions.Expect(message).ToBeHiddenAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = Trap.Label }).ClickAsync();
        await Assertions.Expect(message).ToBeVisibleAsync();
        await Assertions.Expect(message).ToContainTextAsync("Something went wrong on this page.");
        await message.GetByRole(AriaRole.Button, new() { Name = "Load it anew" }).ClickAsync();
        await Assertions.Expect(message).ToBeHiddenAsync();
    }

    /// <summary>A portal whose home page throws, and whose header does when a button in it is clicked.</summary>
    public sealed class PortalWithABug : PortalApp
    {
        public PortalWithABug() => Configure = services => services.AddSlot<Bug>(SlotNames.HomeShelves).AddSlot<Trap>(SlotNames.LayoutHeader);
    }

    sealed class Bug : ComponentBase
    {
        protected override void OnInitialized() => throw new InvalidOperationException("a secret");
    }

    /// <summary>Stands outside the boundary that catches what pages throw.</summary>
    sealed class Trap : ComponentBase
    {
        public const string Label = "Fall into it";

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenElement(0, "button");
            builder.AddAttribute(1, "onclick", EventCallback.Factory.Create(this, static () => throw new InvalidOperationException("a secret")));
            builder.AddContent(2, Label);
            builder.CloseElement();
        }
    }
}
