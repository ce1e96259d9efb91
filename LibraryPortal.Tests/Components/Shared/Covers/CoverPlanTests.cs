using LibraryPortal.Components.Shared.Covers;

namespace LibraryPortal.Tests.Components.Shared.Covers;

public sealed class CoverPlanTests
{
    [Fact]
    public void For_SameBook_IsAlwaysTheSamePlan()
    {
        var plan = CoverPlan.For("Emma", "Jane Austen");
        // A value written down: covers must not change from one process or version to the next.
        Assert.Equal((CoverDesign.Cloth, 3055096692u), (plan.Design, plan.Seed));
        Assert.Equal(plan.Palette, CoverPlan.For("Emma", "Jane Austen").Palette);
    }

    [Fact]
    public void For_ManyBooks_UsesEveryDesignAndPalette()
    {
        var plans = Enumerable.Range(0, 1_000).Select(i => CoverPlan.For($"Volume {i}", "Anon")).ToList();
        Assert.Equal(Enum.GetValues<CoverDesign>().Length, plans.Select(plan => plan.Design).Distinct().Count());
        Assert.Equal(CoverPalette.All.Count, plans.Select(plan => plan.Palette).Distinct().Count());
    }

    [Fact]
    public void Palette_TextReachesTheContrastOfTheGuidelines()
    {
        foreach (var palette in CoverPalette.All)
        {
            Assert.True(Contrast.Ratio(palette.Ink, palette.Ground) >= 4.5, $"{palette.Ink} on {palette.Ground}");
            Assert.True(Contrast.Ratio(palette.LabelInk, palette.Label) >= 4.5, $"{palette.LabelInk} on {palette.Label}");
            Assert.True(Contrast.Ratio(palette.Ink, palette.Shade) >= 4.5, $"{palette.Ink} on {palette.Shade}");
        }
    }
}
