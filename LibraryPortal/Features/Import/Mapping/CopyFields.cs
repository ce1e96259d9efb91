namespace LibraryPortal.Features.Import.Mapping;

/// <summary>What a column of a list of copies can hold: the barcode, and something that tells the title.</summary>
internal static class CopyFields
{
    public const string Barcode = "barcode", TitleId = "title-number", Isbn = "isbn", Name = "title", Author = "author", Shelf = "shelf";

    public static IReadOnlyList<ImportField> All { get; } =
    [
        new(Barcode, "Barcode", "barcode", "barcodes", "copy", "copy number", "accession number", "item barcode"),
        new(TitleId, "Number of the title here", "title number", "title_id", "title id", "id"),
        new(Isbn, "ISBN of the title", "isbn", "isbn13", "isbn_13", "isbn-13", "isbn10", "isbn_10", "isbn-10", "ean"),
        new(Name, "Title", "title", "name", "book", "book_name", "book title"),
        new(Author, "Author", "author", "authors") { Hint = "Tells titles of the same name apart" },
        new(Shelf, "Shelf", "shelf", "location", "shelfmark", "call number", "callnumber"),
    ];
}
