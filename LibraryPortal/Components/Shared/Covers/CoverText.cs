namespace LibraryPortal.Components.Shared.Covers;

/// <summary>Title and byline broken into lines and put in their places.</summary>
public sealed record CoverText(CoverBlock Title, CoverBlock Author)
{
    static readonly double[] TitleSizes = [31, 27, 24, 21, 18, 15.5, 13.5];
    static readonly double[] AuthorSizes = [14, 12.5, 11];

    public static CoverText For(CoverDesign design, string title, string author)
    {
        var (titleBox, authorBox) = Boxes(design);
        return new CoverText(
            CoverBlock.Set(CoverWords.Title(title), titleBox, TitleSizes, leading: 1.16),
            CoverBlock.Set(author, authorBox, AuthorSizes, leading: 1.25));
    }

    static (CoverBox Title, CoverBox Author) Boxes(CoverDesign design) => design switch
    {
        CoverDesign.Cloth => (new(28, 62, 144, 128, Centred: true, Middle: true), new(28, 228, 144, 36, Centred: true, Middle: true)),
        CoverDesign.Label => (new(36, 50, 128, 92, Centred: true, Middle: true), new(36, 146, 128, 30, Centred: true, Middle: true)),
        CoverDesign.Arcs => (new(20, 24, 160, 120, Centred: false, Middle: false), new(20, 150, 160, 36, Centred: false, Middle: false)),
        CoverDesign.Lines => (new(52, 36, 132, 150, Centred: false, Middle: false), new(52, 240, 132, 36, Centred: false, Middle: true)),
        CoverDesign.Horizon => (new(20, 26, 160, 112, Centred: true, Middle: true), new(20, 252, 160, 34, Centred: true, Middle: true)),
        _ => (new(20, 22, 160, 92, Centred: false, Middle: false), new(20, 114, 160, 34, Centred: false, Middle: true)),
    };
}
