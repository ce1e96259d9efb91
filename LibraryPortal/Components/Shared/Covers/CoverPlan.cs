namespace LibraryPortal.Components.Shared.Covers;

/// <summary>Everything decided about one cover, always the same for the same title and authors, in every process.</summary>
/// <param name="Seed">What further choices of the design are drawn from.</param>
public sealed record CoverPlan(CoverDesign Design, CoverPalette Palette, uint Seed, CoverText Text)
{
    public const int Width = 200;
    public const int Height = 300;

    static readonly uint Designs = (uint)Enum.GetValues<CoverDesign>().Length;

    public static CoverPlan For(string title, string? authors)
    {
        var author = CoverWords.Byline(authors);
        var seed = Hash($"{title}\n{author}");
        var design = (CoverDesign)(seed % Designs);
        var palette = CoverPalette.All[(int)(seed / Designs % (uint)CoverPalette.All.Count)];
        return new CoverPlan(design, palette, seed, CoverText.For(design, title, author));
    }

    /// <summary>The nth choice out of some, drawn from the seed.</summary>
    public int Draw(int nth, int outOf) => (int)(Mix(Seed + ((uint)nth * 0x9E3779B9)) % (uint)outOf);

    // FNV-1a: string.GetHashCode differs from process to process.
    static uint Hash(string text)
    {
        var hash = 2166136261u;
        foreach (var character in text)
            hash = (hash ^ character) * 16777619u;
        return Mix(hash);
    }

    static uint Mix(uint value)
    {
        value = (value ^ (value >> 16)) * 0x85EBCA6B;
        value = (value ^ (value >> 13)) * 0xC2B2AE35;
        return value ^ (value >> 16);
    }
}
