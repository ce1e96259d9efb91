using LibraryPortal.Circulation.Requests;
using LibraryPortal.Collection;
using LibraryPortal.Domain.Audit;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Imports;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Features.Catalog.Covers;
using LibraryPortal.Identity;
using LibraryPortal.Live;
using LibraryPortal.Tests.Features.Import;
using LibraryPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Tests.Collection;

/// <summary>What librarians change of titles and copies, and how the catalogue leaves and comes back.</summary>
public sealed class CollectionTests
{
    [Fact]
    public async Task Title_IsAddedCorrectedAndDeletedAndTheAuditSaysSo()
    {
        await using var library = await TestLibrary.CreateAsync();
        var save = library.Get<SaveTitle>();
        var (first, corrected) = (new TitleDetails { Name = "Emma" }, new TitleDetails { Name = "Emma", Year = 1815 });
        var id = TestLibrary.Allowed(await save.RunAsync(library.Librarian, null, first, null));
        TestLibrary.Allowed(await save.RunAsync(library.Librarian, id, corrected, first));
        TestLibrary.Allowed(await save.RunAsync(library.Librarian, id, corrected, first));
        // Who still sees what was there first must not overwrite the correction unseen.
        TestLibrary.Refused(await save.RunAsync(library.Librarian, id, new TitleDetails { Name = "Emma", Language = "en" }, first), "changed-meanwhile");
        var reader = await library.AddReaderAsync("rita");
        TestLibrary.Refused(await save.RunAsync(reader, id, new TitleDetails { Name = "Mine" }, corrected), "staff-only");
        TestLibrary.Allowed(await library.Get<DeleteTitle>().RunAsync(library.Librarian, id));

        await using var database = library.Open();
        Assert.Equal(0, await database.Titles.CountAsync());
        Assert.Equal(["title.added", "title.changed", "title.deleted"],
            await database.Audit.Where(entry => entry.SubjectKind == AuditSubject.Title).OrderBy(entry => entry.Id).Select(entry => entry.Action).ToListAsync());
    }

    [Fact]
    public async Task Copies_GetTheNextFreeBarcodesAndServeWhoWaits()
    {
        await using var library = await TestLibrary.CreateAsync();
        var title = await library.AddTitleAsync("Emma", copies: 0);
        var add = library.Get<AddCopies>();
        TestLibrary.Allowed(await add.RunAsync(library.Librarian, title.Id, 0, ["C000002"], "A1"));

        var added = TestLibrary.Allowed(await add.RunAsync(library.Librarian, title.Id, 3, [], null));

        Assert.Equal(["C000001", "C000003", "C000004"], added);
        TestLibrary.Refused(await add.RunAsync(library.Librarian, title.Id, 0, ["C000003"], null), "barcode-taken");
        TestLibrary.Refused(await add.RunAsync(library.Librarian, title.Id, 0, [], null), "copies-count");
        TestLibrary.Refused(await add.RunAsync(library.Librarian, title.Id, 0, ["X", "X"], null), "barcode-twice");
    }

    [Fact]
    public async Task CopyAndTitleInUse_AreNotDeleted()
    {
        await using var library = await TestLibrary.CreateAsync();
        var title = await library.AddTitleAsync("Emma");
        var reader = await library.AddReaderAsync("rita");
        await library.ApproveAsync(await library.RequestAsync(reader, title));

        TestLibrary.Refused(await library.Get<DeleteCopy>().RunAsync(library.Librarian, title.Copies[0].Id), "copy-used");
        TestLibrary.Refused(await library.Get<DeleteTitle>().RunAsync(library.Librarian, title.Id), "title-copies");
    }

    [Fact]
    public async Task MergedTitles_KeepCopiesAndRequests()
    {
        await using var library = await TestLibrary.CreateAsync();
        var kept = await library.AddTitleAsync("Emma", 1, "Jane Austen");
        var other = await library.AddTitleAsync("Emma!", 1, "Jane Austen");
        var rita = await library.AddReaderAsync("rita");
        var request = await library.RequestAsync(rita, other);
var merge = library.Get<MergeTitles>();

        TestLibrary.Refused(await merge.RunAsync(library.Librarian, kept.Id, kept.Id), "merge-same");
        TestLibrary.Allowed(await merge.RunAsync(library.Librarian, kept.Id, other.Id));

        await using var database = library.Open();
        Assert.Equal(kept.Id, (await database.Titles.SingleAsync()).Id);
        Assert.Equal(2, await database.Copies.CountAsync(copy => copy.TitleId == kept.Id));
        var moved = await library.FindAsync(request);
        Assert.Equal((kept.Id, "Emma", 1), (moved.TitleId, moved.BookName, moved.Version));
        Assert.Equal(1, await database.Copies.Where(copy => copy.Barcode == other.Copies[0].Barcode).Select(copy => copy.Version).SingleAsync());
        var actions = (await library.AuditAsync()).Select(entry => entry.Action).ToList();
        Assert.Equal((1, 1, 1), (actions.Count(action => action == "request.merged"), actions.Count(action => action == "copy.merged"), actions.Count(action => action == "title.merged")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task MergedTitles_ShowTheCoverOfTheKeptOne_ElseOfTheOther(bool hasOwn)
    {
        await using var library = await TestLibrary.CreateAsync();
        var (kept, other) = (await library.AddTitleAsync("Emma"), await library.AddTitleAsync("Emma!"));
        var theirs = await CoverAsync(library, other, "b");
        var own = hasOwn ? await CoverAsync(library, kept, "a") : null;

        TestLibrary.Allowed(await library.Get<MergeTitles>().RunAsync(library.Librarian, kept.Id, other.Id));

        await using var database = library.Open();
        var cover = await database.Covers.SingleAsync();
        Assert.Equal((kept.Id, own ?? theirs), (cover.TitleId, cover.File));
        Assert.Equal(hasOwn, library.Get<CoverFiles>().Find(theirs) is null);
    }

    [Fact]
    public async Task DeletedTitle_TakesThePictureOfItsCoverAlong_UnlessAnotherTitleShowsIt()
    {
        await using var library = await TestLibrary.CreateAsync();
        var (first, second) = (await library.AddTitleAsync("Emma", 0), await library.AddTitleAsync("Emma, again", 0));
        var file = await CoverAsync(library, first, "c");
        await CoverAsync(library, second, "c");

        TestLibrary.Allowed(await library.Get<DeleteTitle>().RunAsync(library.Librarian, first.Id));
        Assert.NotNull(library.Get<CoverFiles>().Find(file));
        TestLibrary.Allowed(await library.Get<DeleteTitle>().RunAsync(library.Librarian, second.Id));
        Assert.Null(library.Get<CoverFiles>().Find(file));
    }

    [Fact]
    public async Task Copies_AreServedInTheChangeThatAddsThem()
    {
        await using var library = await TestLibrary.CreateAsync();
        var title = await library.AddTitleAsync("Emma");
        await library.ApproveAsync(await library.RequestAsync(await library.AddReaderAsync("ada"), title));
        var waits = await library.RequestAsync(await library.AddReaderAsync("ben"), title);
        await library.ApproveAsync(waits);

        var added = TestLibrary.Allowed(await library.Get<AddCopies>().RunAsync(library.Librarian, title.Id, 1, [], null));

        Assert.Equal(RequestState.Ready, await library.StateAsync(waits));
        // The librarian's own change served the queue; nothing was left to a second one that a stop would have lost.
        var entries = await library.AuditAsync();
        Assert.Equal(library.Librarian.UserId, entries.Single(entry => entry.Action == "request.ready" && entry.SubjectId == waits.ToString()).ActorId);
        Assert.Contains(entries, entry => entry.Action == "copy.set-aside" && entry.SubjectName == added[0]);
    }

    static async Task<string> CoverAsync(TestLibrary library, Title title, string digit)
    {
        var image = await library.Get<CoverFiles>().SaveAsync(new CleanPicture(PictureFormat.Png, 40, 40, System.Text.Encoding.ASCII.GetBytes(digit)), default);
        await using var database = library.Open();
        database.Covers.Add(new TitleCover(title.Id, image, library.Librarian.UserId, library.Clock.GetUtcNow()));
        await database.SaveChangesAsync();
        return image.File;
    }

    [Theory]
    [InlineData(CatalogFormatName.Csv, "catalogue.csv")]
    [InlineData(CatalogFormatName.MarcXml, "catalogue.xml")]
    public async Task ExportedCatalogue_ComesBackAsItWas(CatalogFormatName format, string name)
    {
        await using var from = await ImportBench.CreateAsync();
        await from.TextAsync("""
            title,subtitle,series,authors,contributors,year,isbn,language,subjects,description,edition,publisher,place,edition year,extent,links,barcodes,shelf
            Genji,a novel,"Classics, #3",Murasaki Shikibu,E. Seidensticker (translator),1008,9780394735306,ja,Japan; Love,A prince.,1st ed.,Knopf,New York,1976,1090 p.,https://example.org/a Cover,G1; G2,A1; B2
            'Salem's Lot,,,Stephen King,,1975,,en,,,,,,,,,S1,A1
            -30-,,,Nobody,,,,en,,,,,,,,,,
            """);
        var file = Path.Combine(from.Database.Directory, name);
        await using (var stream = File.Create(file))
            Assert.Equal(3, await new ExportCatalog(from.Database.Contexts).RunAsync(stream, format == CatalogFormatName.Csv ? CatalogFormat.Csv : CatalogFormat.MarcXml));
        await using var to = await ImportBench.CreateAsync();
        await to.RunAsync(file);

        await using var before = from.Database.Open();
        await using var after = to.Database.Open();
        var expected = await before.Titles.AsNoTracking().OrderBy(title => title.Id).ToListAsync();
        var actual = await after.Titles.AsNoTracking().OrderBy(title => title.Id).ToListAsync();
        Assert.Equal(expected.Select(title => title.Name), actual.Select(title => title.Name));
        if (format == CatalogFormatName.Csv)
        {
            Assert.Equivalent(expected.Select(title => title.Details), actual.Select(title => title.Details), strict: true);
            Assert.Equal(["G1 A1", "G2 B2", "S1 A1"],
                await after.Copies.Where(copy => !copy.Barcode.StartsWith("C0")).OrderBy(copy => copy.Barcode).Select(copy => copy.Barcode + " " + copy.Shelf).ToListAsync());
        }
        else
        {
            Assert.Equivalent(expected[0].Details with { Year = 1008 }, actual[0].Details, strict: true);
        }
    }
}

/// <summary>The formats, for theories: those of the portal are its own.</summary>
public enum CatalogFormatName
{
    Csv,
    MarcXml,
}
