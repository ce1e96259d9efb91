using LibraryPortal.Domain;

namespace LibraryPortal.Features.Catalog.Covers;

/// <summary>Why a picture does not become a cover.</summary>
internal static class CoverRefusals
{
    public static Refusal StaffOnly { get; } = new(RefusalKind.Forbidden, "Only librarians change covers.", "staff-only");

    public static Refusal NoTitle { get; } = new(RefusalKind.NotFound, "There is no such title.");

    public static Refusal TooLarge { get; } = new(RefusalKind.Invalid,
        $"The picture is larger than {CoverLimits.MaxBytes / 1024 / 1024} MB. Save it smaller and try again; nothing was changed.", "cover-size");

    public static Refusal NoPicture { get; } = new(RefusalKind.Invalid,
        "This file is not a JPEG, PNG or WebP picture, whatever its name says. Nothing was changed.", "cover-format");

    public static Refusal Damaged { get; } = new(RefusalKind.Invalid, "The picture is damaged: it ends too early or does not add up. Nothing was changed.", "cover-damaged");

    public static Refusal Moving { get; } = new(RefusalKind.Invalid, "This is a moving picture. A cover must stand still; nothing was changed.", "cover-animated");

    public static Refusal Measures(int width, int height) => new(RefusalKind.Invalid,
        $"The picture is {width} × {height} pixels; expected {CoverLimits.MinSide} to {CoverLimits.MaxSide} on each side. Nothing was changed.", "cover-measures");
}
