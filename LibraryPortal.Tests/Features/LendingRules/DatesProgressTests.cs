using System.Security.Claims;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using LibraryPortal.Circulation.Opening;
using LibraryPortal.Features.LendingRules;
using LibraryPortal.Identity;
using LibraryPortal.Jobs;
using LibraryPortal.Live;
using LibraryPortal.Tests.Support;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Tests.Features.LendingRules;

/// <summary>What the calendar page says while promised dates are being moved, and what of it is read aloud.</summary>
public sealed class DatesProgressTests : IAsyncLifetime
{
    TestLibrary _library = null!;
    ComponentRenderer _renderer = null!;

    public async ValueTask InitializeAsync()
    {
        _library = await TestLibrary.CreateAsync();
        var admin = new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, "anna"), new(ClaimTypes.Role, Roles.Admin)], "test"));
        _renderer = new ComponentRenderer(_library.Clock, services => services
            .AddSingleton(_library.Get<WatchDates>())
            .AddSingleton(_library.Get<ILiveBoard>())
            .AddCascadingValue(_ => Task.FromResult(new AuthenticationState(admin))));
    }

    public async ValueTask DisposeAsync()
    {
        await _renderer.DisposeAsync();
        await _library.DisposeAsync();
    }

    [Fact]
    public async Task WhileDatesMove_ASentenceIsReadAloud_AndTheStepsOfTheBarBelowAreNot()
    {
        Assert.Equal("", Aloud(await RenderAsync()));
        await CloseAsync();

        var page = await RenderAsync();

        Assert.StartsWith("Dates are being moved.", Aloud(page), StringComparison.Ordinal);
        var (status, bar) = (page.QuerySelector("[role=status]")!, page.QuerySelector("[role=progressbar]")!);
        Assert.True(status.CompareDocumentPosition(bar).HasFlag(DocumentPositions.Following) && !status.Contains(bar));
    }

    [Fact]
    public async Task WhatMoved_AndAnEndBeforeTheEnd_TakeThePlaceOfTheBar()
    {
        var id = await HandOverAsync(await CloseAsync());
        Assert.Single((await RenderAsync()).QuerySelectorAll("[role=progressbar]"));

        _library.Jobs.Set(id, JobState.Succeeded, result: new DatesMoved(1, 0));
        var moved = await RenderAsync();
        _library.Jobs.Set(id, JobState.Failed, error: "The disk is full.");
        var failed = await RenderAsync();

        Assert.Contains("1 due date moved to the next open day", Aloud(moved), StringComparison.Ordinal);
        Assert.Contains("ended before its end: The disk is full.", Aloud(failed), StringComparison.Ordinal);
        Assert.Empty(moved.QuerySelectorAll("[role=progressbar]"));
        Assert.Empty(failed.QuerySelectorAll("[role=progressbar]"));
    }

    [Fact]
    public async Task AJobInTheOutbox_IsOnItsWayWhileTheStoreIsOut_AndNoNewsOnceItIsRefused()
    {
        await CloseAsync();
        _library.Jobs.Outage = "Redis at nowhere:1 does not answer.";
        Assert.Single((await RenderAsync()).QuerySelectorAll("[role=progressbar]"));
        _library.Jobs.Outage = null;

        await using var database = _library.Open();
        await database.Outbox.ExecuteUpdateAsync(row => row.SetProperty(message => message.RefusedAt, _library.Clock.GetUtcNow()));
        var page = await RenderAsync();

        Assert.Equal("", Aloud(page));
        Assert.Empty(page.QuerySelectorAll("[role=progressbar]"));
    }

    Task<IHtmlDocument> RenderAsync() => _renderer.RenderAsync<DatesProgress>();

    // The region is there before it has anything to say, or its first words would not be heard.
    static string Aloud(IHtmlDocument page) => Assert.Single(page.QuerySelectorAll(".dates-news > [role=status]")).TextContent.Trim();

    async Task<JobId> CloseAsync()
    {
        var day = new DateOnly(2026, 12, 24);
        TestLibrary.Allowed(await _library.Get<ChangeCalendar>().AddClosureAsync(_library.Librarian with { IsAdmin = true }, day, day, "Christmas"));
        await using var database = _library.Open();
        return new JobId((await database.Settings.Select(settings => settings.DatesJobId).SingleAsync())!.Value);
    }

    // What the relay of the outbox does.
    async Task<JobId> HandOverAsync(JobId id)
    {
        await using var database = _library.Open();
        _library.Jobs.Set(id, JobState.Running);
        await database.Outbox.ExecuteDeleteAsync();
        return id;
    }
}
