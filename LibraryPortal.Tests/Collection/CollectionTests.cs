using LibraryPortal.Circulation.Requests;
using LibraryPortal.Collection;
using LibraryPortal.Domain.Audit;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Imports;
using LibraryPortal.Domain.Requests;
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
        var save = new SaveTitle(library.Get<LibraryPortal.Circulation.ChangeLibrary>(), library.Get<ILiveBoard>());
        var id = TestLibrary.Allowed(await save.RunAsync(library.Librarian, null, new TitleDetails { Name = "Emma" }));
        TestLibrary.Allowed(await save.RunAsync(library.Librarian, id, new TitleDetails { Name = "Emma", Year = 1815 }));
        TestLibrary.Allowed(await save.RunAsync(library.Librarian, id, new TitleDetails { Name = "Emma", Year = 1815 }));
        var reader = await library.AddReaderAsync("rita");
        TestLibrary.Refused(await save.RunAsync(reader, id, new TitleDetails { Name = "Mine" }), "staff-only");
        TestLibrary.Allowed(await new DeleteTitle(library.Get<LibraryPortal.Circulation.ChangeLibrary>(), library.Get<ILiveBoard>()).RunAsync(library.Librarian, id));

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
        var add = new AddCopies(library.Get<LibraryPortal.Circulation.ChangeLibrary>(), library.Get<ServeTitle>());
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
        var change = library.Get<LibraryPortal.Circulation.ChangeLibrary>();

        TestLibrary.Refused(await new DeleteCopy(change, library.Get<ILiveBoard>()).RunAsync(library.Librarian, title.Copies[0].Id), "copy-used");
        TestLibrary.Refused(await new DeleteTitle(change, library.Get<ILiveBoard>()).RunAsync(library.Librarian, title.Id), "title-copies");
    }

    [Fact]
    public async Task MergedTitles_KeepCopiesAndRequests()
    {
        await using var library = await TestLibrary.CreateAsync();
        var kept = await library.AddTitleAsync("Emma", 1, "Jane Austen");
        var other = await library.AddTitleAsync("Emma!", 1, "Jane Austen");
        var rita = await library.AddReaderAsync("rita");
        var request = await library.RequestAsync(rita, other);
        var merge = new MergeTitles(library.Get<LibraryPortal.Circulation.ChangeLibrary>(), library.Get<ServeTitle>(), library.Get<ILiveBoard>());

        TestLibrary.Refused(await merge.RunAsync(library.Librarian, kept.Id, kept.Id), "merge-same");
        TestLibrary.Allowed(await merge.RunAsync(library.Librarian, kept.Id, other.Id));

        await using var database = library.Open();
        Assert.Equal(kept.Id, (await database.Titles.SingleAsync()).Id);
        Assert.Equal(2, await database.Copies.CountAsync(copy => copy.TitleId == kept.Id));
        Assert.Equal(kept.Id, (await library.FindAsync(request)).TitleId);
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
