using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace LibraryPortal.Data.Configurations;

/// <summary>Two lists are equal when their values are, in their order.</summary>
internal sealed class JsonListComparer<T>() : ValueComparer<IReadOnlyList<T>>(
    (one, other) => ReferenceEquals(one, other) || (one != null && other != null && one.SequenceEqual(other)),
    list => list.Aggregate(0, (hash, value) => HashCode.Combine(hash, value)),
    list => list);
