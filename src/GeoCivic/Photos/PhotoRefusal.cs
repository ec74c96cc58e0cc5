using GeoCivic.Http;

namespace GeoCivic.Photos;

/// <summary>Makes the problems with which photos are refused.</summary>
internal static class PhotoRefusal
{
    internal static ProblemException TooLarge() =>
        new(PhotoProblems.TooLarge, $"The photo is larger than {PhotoLimits.MaxBytes >> 20} MiB.");

    internal static ProblemException TooManyPixels(int width, int height) =>
        new(
            PhotoProblems.TooManyPixels,
            $"The photo has {width} × {height} pixels; {PhotoLimits.MaxPixels} are taken."
        );

    internal static ProblemException Format(string name) =>
        new(
            PhotoProblems.Format,
            $"只接收 JPEG、PNG、WebP 照片。The content is not a JPEG, PNG or WebP photo ({name})."
        );

    internal static ProblemException Animated() =>
        new(PhotoProblems.Format, "不接收动图。The file is an animation, not a photo.");

    internal static ProblemException Heic()
    {
        const string Zh =
            "手机拍的是 HEIC 格式。苹果手机：设置 → 相机 → 格式 → 选“最兼容”；安卓手机：相机设置 → 关闭“高效照片格式（HEIF）”。改好后重新拍照或转成 JPEG 再上传。";
        const string En =
            "The phone takes HEIC photos. iPhone: Settings → Camera → Formats → Most Compatible. Android: camera settings → turn off high-efficiency (HEIF) photos. Then take the photo again, or convert it to JPEG.";
        return new(
            PhotoProblems.Heic,
            $"{Zh} {En}",
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["hint"] = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["zh"] = Zh,
                    ["en"] = En,
                },
            }
        );
    }

    internal static ProblemException Damaged(string detail) => new(PhotoProblems.Damaged, detail);

    internal static ProblemException StoreFull() =>
        new(PhotoProblems.StoreFull, "There is no space left to keep the photo.");
}
