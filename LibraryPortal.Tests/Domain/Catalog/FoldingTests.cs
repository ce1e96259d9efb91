using LibraryPortal.Domain.Catalog;

namespace LibraryPortal.Tests.Domain.Catalog;

public sealed class FoldingTests
{
    [Theory]
    [InlineData("Émile ZOLA", "emile zola")]
    [InlineData("'Salem's Lot", "salems lot")]
    [InlineData("L’Étranger", "letranger")]
    [InlineData("Straße, Œuvre & Łódź", "strasse oeuvre lodz")]
    [InlineData("İSTANBUL Ilık", "istanbul ilik")]
    [InlineData("#GIRLBOSS", "girlboss")]
    [InlineData("  Catch-22  ", "catch 22")]
    [InlineData("أحببتك", "احببتك")]
    [InlineData("Ὀδύσσεια", "οδυσσεια")]
    [InlineData("ΟΔΥΣΣΕΥΣ", "οδυσσευσ")]
    [InlineData("ガラス", "ガラス")]
    [InlineData("한국어", "한국어")]
    [InlineData("?!…", "")]
    public void Fold_MakesTextComparable(string text, string folded) => Assert.Equal(folded, Folding.Fold(text));

    [Fact]
    public void Fold_OfALoneSurrogate_DoesNotThrow() => Assert.Equal("a b", Folding.Fold("a \ud800 b"));

    [Theory]
    [InlineData("L'Étranger", "l etranger letranger")]
    [InlineData("Catch-22", "catch 22 catch22")]
    [InlineData("J. R. R. Tolkien", "j r r jrr tolkien")]
    [InlineData("J.R.R. Tolkien", "j r r jrr tolkien")]
    public void IndexText_HoldsTheWaysAWordIsTyped(string text, string indexed) => Assert.Equal(indexed, Folding.IndexText(text));

    [Theory]
    [InlineData("The Hobbit", "en", "hobbit")]
    [InlineData("Die Verwandlung", "de", "verwandlung")]
    [InlineData("Die Hard", "en", "die hard")]
    [InlineData("L'Étranger", "fr", "etranger")]
    [InlineData("A", "en", "a")]
    [InlineData("The", "en", "the")]
    [InlineData("?", "en", "?")]
    public void TitleKey_DropsTheArticleOfTheLanguage(string name, string language, string key) => Assert.Equal(key, TitleKey.For(name, language));

    [Theory]
    [InlineData("die verwandlung", "Die Verwandlung", "de")]
    [InlineData("Verwandlung", "Die Verwandlung", "de")]
    [InlineData("l'etranger", "L'Étranger", "fr")]
    [InlineData("Die Hard", "Die Hard", "en")]
    [InlineData("hobbit", "The Hobbit", null)]
    public void Candidates_HoldTheKeyOfTheTitleMeant(string typed, string name, string? language) =>
        Assert.Contains(TitleKey.For(name, language), TitleKey.Candidates(typed));
}
