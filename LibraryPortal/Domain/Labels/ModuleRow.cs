namespace LibraryPortal.Domain.Labels;

/// <summary>A bar code as modules of equal width from left to right, true for dark. Without quiet zones.</summary>
public sealed record ModuleRow(IReadOnlyList<bool> Modules)
{
    public int Width => Modules.Count;
}
