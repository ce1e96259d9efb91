using System.ComponentModel.DataAnnotations;

namespace LibraryPortal.Identity.Pages.Parts;

/// <summary>A form that asks for the code of a second factor.</summary>
internal sealed class CodeInput
{
    [Required(ErrorMessage = "Type the code.")]
    [StringLength(20, ErrorMessage = "That is too long for a code.")]
    public string? Code { get; set; }

    public bool RememberMachine { get; set; }

    /// <summary>The code without the spaces and hyphens people type.</summary>
    public string Digits => (Code ?? "").Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
}
