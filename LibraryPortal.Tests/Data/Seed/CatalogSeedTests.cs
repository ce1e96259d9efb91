using LibraryPortal.Data.Seed;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Tests.Data.Seed;

public sealed class CatalogSeedTests
{
    [Fact]
    public void Catalog_IsWellFormed()
    {
        var seeds = CatalogSeed.Read();
        Assert.True(seeds.Count >= 200);
        Assert.All(seeds, seed =>
        {
            Assert.InRange(seed.Copies, 1, 3);
            Assert.NotEmpty(seed.Subjects);
            Assert.InRange(seed.Description.Length, 40, 300);
            Assert.Equal(seed.Language, LanguageCode.Normalize(seed.Language));
        });
        Assert.Equal(seeds.Count, seeds.DistinctBy(seed => (seed.Name, string.Join(';', seed.Authors))).Count());
        Assert.InRange(seeds.SelectMany(seed => seed.Subjects).Distinct().Count(), 10, 30);
        Assert.True(seeds.Select(seed => seed.Language).Distinct().Count() >= 10);
    }

    [Fact]
    public async Task Fill_TwiceOrBesideOtherTitles_FillsOnce()
    {
        await using var database = await TestDatabase.CreateAsync();
        var seed = new CatalogSeed(database.Contexts, new ManualClock());

        Assert.Equal(CatalogSeed.Read().Count, await seed.FillAsync(default));
        Assert.Equal(0, await seed.FillAsync(default));

        await using var context = database.Open();
        Assert.Equal(CatalogSeed.Read().Sum(each => each.Copies), await context.Copies.CountAsync());
    }
}
