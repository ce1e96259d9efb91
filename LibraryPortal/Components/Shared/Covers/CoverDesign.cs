namespace LibraryPortal.Components.Shared.Covers;

/// <summary>How a cover is composed. Drawn in <see cref="CoverOrnament"/>; where its text goes is in <see cref="CoverText"/>.</summary>
public enum CoverDesign
{
    /// <summary>Bound cloth: a double frame, the title in the middle.</summary>
    Cloth,

    /// <summary>A paper label in the upper half of the cloth.</summary>
    Label,

    /// <summary>Quarter circles rising from the foot.</summary>
    Arcs,

    /// <summary>Lines along the spine side.</summary>
    Lines,

    /// <summary>A sun above hills.</summary>
    Horizon,

    /// <summary>A mosaic of quarter circles over the lower half.</summary>
    Mosaic,
}
