using LibraryPortal.Components.Shared;
using LibraryPortal.Components.Shared.Slots;
using LibraryPortal.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace LibraryPortal.Tests.Components.Shared.Slots;

public sealed class SlotTests
{
    [Fact]
    public async Task Slot_RendersItsPartsInOrderAndNoOthers()
    {
        await using var renderer = new ComponentRenderer(configure: services => services
            .AddSlot<Second>("here")
            .AddSlot<First>("here", order: 1)
            .AddSlot<Second>("elsewhere"));
        Assert.Equal("[one][two]", (await renderer.HtmlAsync<Slot>(("Name", "here"))).Trim());
    }

    [Fact]
    public async Task Slot_NobodyAddedTo_IsEmpty()
    {
        await using var renderer = new ComponentRenderer();
        Assert.Equal("", (await renderer.HtmlAsync<Slot>(("Name", "here"))).Trim());
    }

    [Fact]
    public async Task Slot_HandsItsParametersOn()
    {
        await using var renderer = new ComponentRenderer(configure: services => services.AddSlot<Second>("here"));
        Assert.Equal("[x]", (await renderer.HtmlAsync<Slot>(("Name", "here"), ("Word", "x"))).Trim());
    }

    sealed class First : ComponentBase
    {
        protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, "[one]");
    }

    sealed class Second : ComponentBase
    {
        [Parameter]
        public string Word { get; set; } = "two";

        protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, $"[{Word}]");
    }
}
