using LibraryPortal.Data.Search;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Tests.Data.Search;

/// <summary>The counts beside the filters are those of a plain count over the titles, whatever is chosen and however the library changes.</summary>
public sealed class FacetsTests
{
    static readonly string[] Subjects = ["Novel", "History", "Travel", "Poetry", "Cooking"];
    static readonly string[] Authors = ["Jane Austen", "Émile Zola", "Leo Tolstoy", "نجيب محفوظ"];
    static readonly string[] Languages = ["en", "fr", "de"];
    static readonly string[] Words = ["river", "stone", "garden", "night"];

    readonly SqliteTitleSearch _search = new();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Counts_AgreeWithAPlainCount(int seed)
    {
        var random = new Random(seed);
        await using var database = await TestDatabase.CreateAsync();
        var titles = Enumerable.Range(0, 120).Select(i => Make(random, i)).ToList();
        await database.AddAsync([.. titles]);
        await ChangeAsync(database, random);
        await using var context = database.Open();
        var all = await context.Titles.Include(title => title.Copies).AsNoTracking().ToListAsync();
        for (var round = 0; round < 30; round++)
        {
            var request = Ask(random);
            var answer = await _search.SearchAsync(context, request, default);
            var expected = all.Where(title => Fits(title, request, null, isAvailable: request.IsAvailable)).ToList();
            Assert.Equal(expected.Count, answer.Total);
            Assert.Equal(expected.Select(title => title.Id).Order(), answer.Ids.Order());
            Assert.Equal(all.Count(title => Fits(title, request, null, isAvailable: true)), answer.Available);
            foreach (var facet in answer.Facets)
            {
                var count = all.Count(title => Fits(title, request, facet.Kind, request.IsAvailable) && ValuesOf(title, facet.Kind).Contains(facet.Value));
                Assert.True(count == facet.Count, $"{facet.Kind} {facet.Value}: {facet.Count} instead of {count} for {request}");
            }

            foreach (var kind in Enum.GetValues<FacetKind>())
            {
                var values = all.Where(title => Fits(title, request, kind, request.IsAvailable)).SelectMany(title => ValuesOf(title, kind)).Distinct();
                Assert.Empty(values.Except(answer.Facets.Where(facet => facet.Kind == kind).Select(facet => facet.Value)));
            }
        }
    }

    [Fact]
    public async Task ValueThatNoTitleHas_FindsNothingAndStaysToBeTakenBack()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.AddAsync(Make(new Random(1), 1));
        await using var context = database.Open();
        var answer = await _search.SearchAsync(context, new TitleSearchRequest
        {
            Take = 10,
            WantsFacets = true,
            Chosen = new Dictionary<FacetKind, IReadOnlyList<string>> { [FacetKind.Subject] = ["Nothing of the kind"] },
        }, default);
        Assert.Equal(0, answer.Total);
        Assert.Contains(answer.Facets, facet => facet is { Value: "Nothing of the kind", IsChosen: true, Count: 0 });
    }

    static Title Make(Random random, int number)
    {
        var title = new Title(new TitleDetails
        {
            Name = $"{Words[random.Next(Words.Length)]} {Words[random.Next(Words.Length)]} {number}",
            Authors = [.. Authors.Where(_ => random.Next(3) == 0)],
            Subjects = [.. Subjects.Where(_ => random.Next(2) == 0)],
            Year = random.Next(5) == 0 ? null : random.Next(-20, 120),
            Language = random.Next(4) == 0 ? null : Languages[random.Next(Languages.Length)],
        }, DateTimeOffset.UnixEpoch);
        for (var i = random.Next(3); i > 0; i--)
            title.AddCopy($"{number}-{i}");
        return title;
    }

    static async Task ChangeAsync(TestDatabase database, Random random)
    {
        await using var context = database.Open();
        foreach (var title in await context.Titles.Include(title => title.Copies).ToListAsync())
        {
            switch (random.Next(6))
            {
                case 0 when title.Copies.Count == 0:
                    context.Remove(title);
                    break;
                case 1:
                    title.FillGaps(new TitleDetails { Name = title.Name, Subjects = ["Added later"], Language = "it", Year = 99 });
                    break;
                case 2:
                    (title.Copies.Count > 0 ? title.Copies[0] : title.AddCopy($"late-{title.Id}")).Lend();
                    break;
                default:
                    break;
            }
        }

        await context.SaveChangesAsync();
    }

    static TitleSearchRequest Ask(Random random)
    {
        Dictionary<FacetKind, IReadOnlyList<string>> chosen = [];
        if (random.Next(2) == 0)
            chosen[FacetKind.Subject] = [.. Subjects.Where(_ => random.Next(3) == 0).DefaultIfEmpty("Novel")];
        if (random.Next(3) == 0)
            chosen[FacetKind.Language] = [Languages[random.Next(3)]];
        if (random.Next(4) == 0)
            chosen[FacetKind.Author] = [Authors[random.Next(4)], Authors[random.Next(4)]];
        if (random.Next(5) == 0)
            chosen[FacetKind.Decade] = ["90", "-10"];
        return new TitleSearchRequest
        {
            Text = random.Next(3) == 0 ? null : Words[random.Next(Words.Length)],
            Chosen = chosen,
            IsAvailable = random.Next(3) == 0,
            Sort = (TitleSort)random.Next(6),
            IsLiteral = true,
            Take = 500,
            WantsFacets = true,
        };
    }

    static bool Fits(Title title, TitleSearchRequest request, FacetKind? except, bool isAvailable) =>
        (request.Text is null || title.SearchName.Split(' ').Contains(request.Text))
        && (!isAvailable || title.Copies.Any(copy => copy.State == CopyState.Available))
        && request.Chosen.All(pair => pair.Key == except || ValuesOf(title, pair.Key).Intersect(pair.Value).Any());

    static IEnumerable<string> ValuesOf(Title title, FacetKind kind) => kind switch
    {
        FacetKind.Subject => title.Subjects,
        FacetKind.Author => title.Authors,
        FacetKind.Language => title.Language is { } language ? [language] : [],
        FacetKind.Decade => title.Year is { } year ? [((int)Math.Floor(year / 10.0) * 10).ToString(System.Globalization.CultureInfo.InvariantCulture)] : [],
    };
}
