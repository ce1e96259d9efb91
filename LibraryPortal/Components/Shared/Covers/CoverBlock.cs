namespace LibraryPortal.Components.Shared.Covers;

/// <summary>The room a block of text has on a cover.</summary>
/// <param name="Centred">Else along the side where its script begins.</param>
/// <param name="Middle">Else from the top.</param>
public sealed record CoverBox(double X, double Y, double Width, double Height, bool Centred, bool Middle);

/// <summary>Lines of text with their places.</summary>
/// <param name="X">Where each line is anchored.</param>
/// <param name="FirstBaseline">The baseline of the first line; the others follow by <paramref name="Step"/>.</param>
/// <param name="Anchor">The SVG text-anchor.</param>
public sealed record CoverBlock(IReadOnlyList<string> Lines, double Size, double X, double FirstBaseline, double Step, string Anchor, bool RightToLeft)
{
    public double LastBaseline => FirstBaseline + (Math.Max(0, Lines.Count - 1) * Step);

    public static CoverBlock Set(string text, CoverBox box, ReadOnlySpan<double> sizes, double leading)
    {
        var (lines, size) = Typesetter.Fit(text, box.Width, box.Height, sizes, leading);
        var step = size * leading;
        var rtl = CoverWords.IsRightToLeft(text);
        var top = box.Middle ? box.Y + ((box.Height - (lines.Count * step)) / 2) : box.Y;
        var x = box switch
        {
            { Centred: true } => box.X + (box.Width / 2),
            _ when rtl => box.X + box.Width,
            _ => box.X,
        };
        return new CoverBlock(lines, size, x, top + (size * .88), step, box.Centred ? "middle" : "start", rtl);
    }
}
