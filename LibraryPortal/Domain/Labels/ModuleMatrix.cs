namespace LibraryPortal.Domain.Labels;

/// <summary>A square of modules, true for dark. Without quiet zone.</summary>
public sealed class ModuleMatrix
{
    readonly bool[,] _modules;

    internal ModuleMatrix(bool[,] modules) => _modules = modules;

    /// <summary>Modules on each side.</summary>
    public int Size => _modules.GetLength(0);

    public bool this[int row, int column] => _modules[row, column];
}
