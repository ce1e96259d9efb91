namespace LibraryPortal.Tests.Architecture;

/// <summary>What breaks a rule of the repository.</summary>
internal static class Broken
{
    /// <summary>Fails with the rule, and every place that breaks it.</summary>
    public static void AssertNone(IEnumerable<string?> broken, string rule)
    {
        var list = broken.Order(StringComparer.Ordinal).ToList();
        Assert.True(list.Count == 0, $"{rule}\n  {string.Join("\n  ", list)}");
    }
}
