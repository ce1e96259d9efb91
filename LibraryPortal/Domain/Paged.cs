namespace LibraryPortal.Domain;

/// <summary>One page of a list.</summary>
/// <param name="Total">Items on all pages.</param>
/// <param name="Page">This page; the first is 1.</param>
/// <param name="Size">Items on a full page.</param>
public sealed record Paged<T>(IReadOnlyList<T> Items, int Total, int Page, int Size)
{
    /// <summary>At least 1: an empty list has one empty page.</summary>
    public int PageCount => Math.Max(1, (Total + Size - 1) / Size);
}

/// <summary>Arithmetic of pages.</summary>
public static class Paging
{
    /// <summary>The nearest page there is.</summary>
    public static int Clamp(int page, int total, int size) => Math.Clamp(page, 1, Math.Max(1, (total + size - 1) / size));
}
