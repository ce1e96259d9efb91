using FsCheck;
using FsCheck.Fluent;
using LibraryPortal.Data.Search;
using LibraryPortal.Features.Catalog.Search;
using Microsoft.AspNetCore.WebUtilities;

namespace LibraryPortal.Tests.Features.Catalog.Search;

/// <summary>The address holds the whole state of the page.</summary>
public sealed class CatalogQueryTests
{
    static readonly Gen<string> Texts = Gen.Elements("Novel", "love & war", "a=b", "100 %", "C#", "نجيب محفوظ", "\"quoted\"", "+plus+", "Poésie", "a?b/c", "x");

    static readonly Gen<CatalogQuery> Queries =
        from words in Gen.OneOf(Gen.Constant<string?>(null), Texts.Select(text => (string?)text))
        from subjects in Gen.ListOf(Texts)
        from languages in Gen.ListOf(Gen.Elements("en", "fr", "grc"))
        from decades in Gen.ListOf(Gen.Elements("1990", "-750"))
        from available in Gen.Elements(true, false)
        from literal in Gen.Elements(true, false)
        from sort in Gen.Elements(Enum.GetValues<TitleSort>())
        from page in Gen.Choose(1, 400)
        select new CatalogQuery
        {
            Words = words,
            Chosen = [.. Chosen(FacetKind.Subject, subjects), .. Chosen(FacetKind.Decade, decades), .. Chosen(FacetKind.Language, languages)],
            IsAvailable = available,
            IsLiteral = literal,
            Sort = sort,
            Page = page,
        };

    [Fact]
    public void Address_ReadAgain_IsTheSameQuery() => Prop.ForAll(Queries.ToArbitrary(), query =>
    {
        var read = Read(query.Href);
        return read.Href == query.Href && read.Words == query.Words && read.Chosen.SequenceEqual(query.Chosen) && read.Page == query.Page
            && read.Sort == query.Sort && read.IsAvailable == query.IsAvailable && read.IsLiteral == query.IsLiteral;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Toggle_Twice_IsAsBeforeOnTheFirstPage() => Prop.ForAll(Queries.ToArbitrary(), Texts.ToArbitrary(), (query, value) =>
    {
        var once = query.Toggle(FacetKind.Author, value);
        return once.Has(FacetKind.Author, value) != query.Has(FacetKind.Author, value) && once.Page == 1
            && once.Toggle(FacetKind.Author, value) == query with { Page = 1 };
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("/catalog?page=two&sort=colour&available=maybe&subject=", "/catalog")]
    [InlineData("/catalog?page=-3&decade=%20", "/catalog")]
    [InlineData("/catalog?q=%20%20emma%20", "/catalog?q=emma")]
    [InlineData("/catalog?subject=Novel&subject=novel&unknown=1", "/catalog?subject=Novel")]
    public void WhatMakesNoSense_IsLeftOut(string typed, string meant) => Assert.Equal(meant, Read(typed).Href);

    static CatalogQuery Read(string href)
    {
        var at = href.IndexOf('?', StringComparison.Ordinal);
        var values = QueryHelpers.ParseQuery(at < 0 ? "" : href[at..]);
        return CatalogQuery.Read(name => values.GetValueOrDefault(name));
    }

    static IEnumerable<(FacetKind Kind, string Value)> Chosen(FacetKind kind, IEnumerable<string> values) =>
        values.Distinct(StringComparer.OrdinalIgnoreCase).Take(CatalogQuery.MaxChosen).Select(value => (kind, value));
}
