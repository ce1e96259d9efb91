using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace LibraryPortal.Components.Shared.Covers;

/// <summary>One block of text on a cover. Written in C# because Razor keeps <c>text</c> elements for itself.</summary>
public sealed class CoverLines : ComponentBase
{
    [Parameter, EditorRequired]
    public CoverBlock Block { get; set; } = default!;

    [Parameter, EditorRequired]
    public string Class { get; set; } = "";

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.OpenElement(0, "text");
        builder.AddAttribute(1, "class", Class);
        builder.AddAttribute(2, "font-size", Number(Block.Size));
        builder.AddAttribute(3, "text-anchor", Block.Anchor);
        builder.AddAttribute(4, "direction", Block.RightToLeft ? "rtl" : null);
        for (var i = 0; i < Block.Lines.Count; i++)
        {
            builder.OpenElement(5, "tspan");
            builder.AddAttribute(6, "x", Number(Block.X));
            builder.AddAttribute(7, "y", Number(Block.FirstBaseline + (i * Block.Step)));
            builder.AddContent(8, Block.Lines[i]);
            builder.CloseElement();
        }

        builder.CloseElement();
    }

    static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
