using LibraryPortal.Identity;
using LibraryPortal.Jobs;
using LibraryPortal.Tests.Support;
using LibraryPortal.Tests.Support.Browser;
using Microsoft.Playwright;

namespace LibraryPortal.Tests.EndToEnd;

/// <summary>What people read while the job store does not answer.</summary>
public sealed class OutageBannerTests(BrowserFixture browser, OutageBannerTests.PortalWithAnOutage portal) : BrowserTest(browser), IClassFixture<OutageBannerTests.PortalWithAnOutage>
{
    const string Words = "Background work is waiting";

    [Fact]
    public async Task Outage_ComesAndGoesOnOpenPages_AndOnlyAnAdminReadsTheAddress()
    {
        var reader = await OpenWindowAsync(portal.Address);
        await reader.VisitAsync("/privacy");
        var admin = await OpenWindowAsync(portal.Address);
        await admin.SignInAsync("anna", PortalApp.Password);
        await admin.VisitAsync("/privacy");
        await Assertions.Expect(reader.GetByText(Words)).ToBeHiddenAsync();

        portal.Status.Set("Redis at 10.0.0.9:6379 does not answer; start it.");
        await Assertions.Expect(reader.GetByText(Words)).ToBeVisibleAsync();
        await Assertions.Expect(reader.GetByText("10.0.0.9")).ToHaveCountAsync(0);
        await Assertions.Expect(admin.GetByText("10.0.0.9")).ToBeVisibleAsync();
        await Axe.AssertNoViolationsAsync(admin);
        await Pictures.TakeAsync(admin, "outage");

        portal.Status.Set(null);
        await Assertions.Expect(reader.GetByText(Words)).ToBeHiddenAsync();
    }

    /// <summary>A portal whose job store fails when told to.</summary>
    public sealed class PortalWithAnOutage : PortalApp
    {
        public PortalWithAnOutage() => Configure = services => services.AddSingleton<IJobStoreStatus>(Status);

        internal ScriptedStatus Status { get; } = new();

        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            await CreateUserAsync("anna", Roles.Admin);
        }
    }

    internal sealed class ScriptedStatus : IJobStoreStatus
    {
        public string? Outage { get; private set; }

        public event Action? Changed;

        public void Set(string? outage)
        {
            Outage = outage;
            Changed?.Invoke();
        }
    }
}
