namespace LibraryPortal.Domain.Labels;

/// <summary>QR codes of ISO/IEC 18004 (model 2): byte mode, error correction level M, which survives the loss of 15%, versions 1 to 10.</summary>
public static class QrCode
{
    /// <summary>The most bytes of plain text.</summary>
    public const int MaxBytes = 213;

    /// <summary>Clear space on every side, in modules (clause 6.3.8).</summary>
    public const int QuietZone = 4;

    /// <summary>The smallest code that holds the text, with the mask that reads best; refused when it is empty or too long.</summary>
    public static Outcome<ModuleMatrix> Encode(string text)
    {
        if (text.Length == 0 || QrData.Version(text) is not { } version)
            return new Refusal(RefusalKind.Invalid, $"A QR code holds 1 to {MaxBytes} bytes of text.", "qr-length");
        var symbol = new QrSymbol(version);
        symbol.Lay(QrData.Codewords(text, version));
        return new ModuleMatrix(Enumerable.Range(0, QrMask.Count).Select(symbol.Masked).MinBy(QrMask.Penalty)!);
    }
}
