using System.Text.Json;
using LibraryPortal.Data.Numbers;
using LibraryPortal.Domain.Catalog;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Data.Seed;

/// <summary>A small catalogue of classics, so that a first look shows a library and not an empty page.</summary>
internal sealed class CatalogSeed(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    const string Resource = "LibraryPortal.Data.Seed.catalog.json";

    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>The shipped titles.</summary>
    public static IReadOnlyList<SeedTitle> Read()
    {
        using var file = typeof(CatalogSeed).Assembly.GetManifestResourceStream(Resource) ?? throw new InvalidOperationException($"{Resource} is not embedded.");
        return JsonSerializer.Deserialize<List<SeedTitle>>(file, Json)!;
    }

    /// <summary>Fills an empty catalogue; leaves any other alone.</summary>
    /// <returns>How many titles were added.</returns>
    public async Task<int> FillAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        if (await database.Titles.AnyAsync(cancellationToken))
            return 0;
        var seeds = Read();
        var barcode = await database.TakeNumbersAsync(NumberSeriesExtensions.Barcodes, seeds.Sum(seed => seed.Copies), cancellationToken);
        var now = clock.GetUtcNow();
        foreach (var seed in seeds)
        {
            var title = new Title(Details(seed), now);
            for (var i = 0; i < seed.Copies; i++)
                title.AddCopy(Copy.FormatBarcode(barcode++), seed.Shelf);
            database.Titles.Add(title);
        }

        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return seeds.Count;
    }

    static TitleDetails Details(SeedTitle seed) => new()
    {
        Name = seed.Name,
        Subtitle = seed.Subtitle,
        OriginalName = seed.OriginalName,
        Authors = seed.Authors,
        Year = seed.Year,
        Language = seed.Language,
        Subjects = seed.Subjects,
        Description = seed.Description,
    };
}
