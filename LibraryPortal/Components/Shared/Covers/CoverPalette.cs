namespace LibraryPortal.Components.Shared.Covers;

/// <summary>The colours of one cover. <see cref="Ink"/> reads on <see cref="Ground"/>, <see cref="LabelInk"/> on <see cref="Label"/>, both at 4.5:1 or more.</summary>
/// <param name="Ground">The cloth.</param>
/// <param name="Ink">Text and lines on it.</param>
/// <param name="Shade">Large quiet shapes on the cloth.</param>
/// <param name="Spark">Small bright shapes.</param>
/// <param name="Label">A paper label glued on.</param>
/// <param name="LabelInk">Text on the label.</param>
public sealed record CoverPalette(string Ground, string Ink, string Shade, string Spark, string Label, string LabelInk)
{
    public static IReadOnlyList<CoverPalette> All { get; } =
    [
        new("#1d4d43", "#f4ead6", "#2b6255", "#e0b15c", "#f4ead6", "#173d35"), // lamp green
        new("#6b1f2a", "#f8e9dc", "#82303b", "#e8b98a", "#f8ecdf", "#571720"), // oxblood
        new("#1f3557", "#eef0f4", "#2e4870", "#f0b65a", "#f1efe8", "#1a2c49"), // night blue
        new("#e9dfc9", "#33291b", "#d9cbab", "#a8452e", "#fbf7ec", "#33291b"), // bare paper
        new("#7a4a1e", "#fdf0dc", "#935f30", "#f2c879", "#fbf0dd", "#5d3712"), // tobacco
        new("#34304f", "#f0ecf7", "#48436a", "#d99ac0", "#f1edf6", "#2b2742"), // aubergine
        new("#d8e3de", "#1e3a35", "#bfd1c9", "#c2602f", "#f5f8f5", "#1e3a35"), // celadon
        new("#b7472a", "#fff6ea", "#a33c21", "#ffd596", "#fff3e4", "#7f2d17"), // brick
        new("#20616e", "#eaf6f5", "#2f7682", "#f3c66b", "#eef6f4", "#174954"), // deep sea
        new("#2b2b2b", "#f3efe6", "#404040", "#d3a146", "#f3efe6", "#2b2b2b"), // slate
        new("#f0d38a", "#43300a", "#e5c26b", "#8e3b2f", "#fdf6e1", "#43300a"), // straw
        new("#52612f", "#f7f3df", "#657541", "#eccb74", "#f7f3e1", "#404c23"), // olive
    ];
}
