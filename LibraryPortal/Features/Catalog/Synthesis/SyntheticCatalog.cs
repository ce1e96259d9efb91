using System.Globalization;
using LibraryPortal.Domain.Catalog;

namespace LibraryPortal.Features.Catalog.Synthesis;

/// <summary>
/// Makes up as many books as wanted, always the same for the same seed, spread as real catalogues are: few words, authors and subjects stand in very many
/// titles and most in few; most books are of the last decades, in one language, with one or two copies. For trying how the portal bears a large catalogue.
/// </summary>
internal sealed class SyntheticCatalog(ulong seed)
{
    const int NewestYear = 2026;

    static readonly (string Code, double Upto)[] Languages =
        [("en", .72), ("de", .80), ("fr", .86), ("es", .91), ("it", .94), ("ru", .96), ("pt", .975), ("ja", .985), ("ar", .992), ("el", 1)];

    readonly Draw _draw = new(seed);
    readonly List<string> _authors = [];

    public IEnumerable<SyntheticTitle> Titles(int count)
    {
        MakeAuthors(Math.Max(50, count / 4));
        for (var number = 1; number <= count; number++)
            yield return Make(number);
    }

    void MakeAuthors(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var middle = _draw.Chance(.15) ? $" {(char)('A' + _draw.Below(26))}." : "";
            _authors.Add($"{_draw.Skewed(SyntheticWords.FirstNames)}{middle} {_draw.Skewed(SyntheticWords.LastNames)}");
        }
    }

    SyntheticTitle Make(int number)
    {
        var name = Name();
        var authors = Enumerable.Range(0, _draw.Chance(.08) ? 0 : _draw.Chance(.85) ? 1 : 2 + _draw.Below(3)).Select(_ => Author()).Distinct().ToList();
        var subjects = Enumerable.Range(0, 1 + _draw.Below(4)).Select(_ => _draw.Skewed(SyntheticWords.Subjects)).Distinct().ToList();
        var share = _draw.Share();
        var language = Array.Find(Languages, entry => share < entry.Upto).Code;
        var subtitle = _draw.Chance(.35) ? Subtitle() : null;
        var series = _draw.Chance(.12) ? $"{SyntheticWords.Capital(_draw.Skewed(SyntheticWords.Nouns))} {SyntheticWords.Capital(_draw.Skewed(SyntheticWords.Nouns))}, #{1 + _draw.Below(12)}" : null;
        // 978-0 to 978-1: one number each, in no order.
        var isbn = _draw.Chance(.85) ? Isbn13(number) : null;
        int? year = _draw.Chance(.04) ? null : NewestYear - (int)(Math.Pow(_draw.Share(), 3) * 180);
        var copies = _draw.Chance(.03) ? 0 : _draw.Chance(.8) ? 1 : 2 + _draw.Below(4);
        var shelf = $"{subjects[0][..3].ToUpperInvariant()} {(authors.Count > 0 ? authors[0].Split(' ')[^1] : name)[..1].ToUpperInvariant()}{_draw.Below(100).ToString("D2", CultureInfo.InvariantCulture)}";
        return new SyntheticTitle(name, subtitle, series, authors, year, isbn, language, subjects, _draw.Chance(.6) ? Description() : null, copies, shelf);
    }

    string Author() => _draw.Skewed(_authors);

    string Noun() => SyntheticWords.Capital(_draw.Skewed(SyntheticWords.Nouns));

    string Adjective() => SyntheticWords.Capital(_draw.Skewed(SyntheticWords.Adjectives));

    string Name() => _draw.Below(10) switch
    {
        0 => $"The {Noun()}",
        1 => $"The {Noun()} of {_draw.Skewed(SyntheticWords.Places)}",
        2 => $"The {Noun()} of the {Noun()}",
        3 => $"The {Adjective()} {Noun()}",
        4 => $"{Noun()} and {Noun()}",
        5 => $"A {Noun()} in {_draw.Skewed(SyntheticWords.Places)}",
        6 => $"{Adjective()} {Noun()}, {Adjective()} {Noun()}",
        7 => $"A History of {_draw.Skewed(SyntheticWords.Places)} {Noun()}",
        8 => $"{Noun()}'s {Noun()}",
        _ => $"The {Noun()} {_draw.Of(SyntheticWords.Sentences)} the {Adjective()} {Noun()}",
    };

    string Subtitle() => _draw.Below(4) switch
    {
        0 => "A Novel",
        1 => $"Essays on {Noun()} and {Noun()}",
        2 => $"{Noun()} in the {Adjective()} {Noun()}",
        _ => $"The Life of {Author()}",
    };

    string Description() => string.Join(' ', Enumerable.Range(0, 2 + _draw.Below(3)).Select(_ => $"{Sentence()}."));

    string Sentence() => SyntheticWords.Capital(string.Join(' ', Enumerable.Range(0, 4 + _draw.Below(8)).Select(i =>
        i % 2 == 1 ? _draw.Of(SyntheticWords.Sentences) : _draw.Skewed(SyntheticWords.Nouns))));

    static string Isbn13(int number)
    {
        // A step that has no common divisor with the range visits every number once.
        var nine = (long)number * 618_033_989 % 1_000_000_000;
        var ten = string.Create(CultureInfo.InvariantCulture, $"978{nine:D9}");
        return Isbn.TryParse(ten + CheckDigit(ten), out var isbn) ? isbn.Thirteen : throw new InvalidOperationException($"{ten} gives no ISBN.");
    }

    static char CheckDigit(string twelve)
    {
        var sum = twelve.Select((digit, place) => (digit - '0') * (place % 2 == 0 ? 1 : 3)).Sum();
        return (char)('0' + ((10 - (sum % 10)) % 10));
    }
}
