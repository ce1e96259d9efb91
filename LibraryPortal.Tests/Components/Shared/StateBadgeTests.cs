using LibraryPortal.Components.Shared;
using LibraryPortal.Domain.Reports;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Components.Shared;

public sealed class StateBadgeTests
{
    [Fact]
    public async Task EveryRequestState_HasIconAndWordOfItsOwn()
    {
        await using var renderer = new ComponentRenderer();
        HashSet<string> words = [];
        foreach (var state in Enum.GetValues<RequestState>())
        {
            var badge = (await renderer.RenderAsync<RequestBadge>(("State", state))).QuerySelector(".badge")!;
            Assert.NotNull(badge.QuerySelector("svg path[d]"));
            Assert.True(words.Add(badge.TextContent.Trim()), $"{state} says the same as another");
        }
    }

    [Fact]
    public async Task EveryExportState_HasIconAndWordOfItsOwn()
    {
        await using var renderer = new ComponentRenderer();
        HashSet<string> words = [];
        foreach (var state in Enum.GetValues<ExportState>())
        {
            var badge = (await renderer.RenderAsync<ExportBadge>(("State", state))).QuerySelector(".badge")!;
            Assert.NotNull(badge.QuerySelector("svg path[d]"));
            Assert.True(words.Add(badge.TextContent.Trim()), $"{state} says the same as another");
        }
    }
}
