namespace GeoCivic.Http;

/// <summary>Refusals of photos; nothing of a refused photo is kept.</summary>
public static class PhotoProblems
{
    /// <summary>Too many bytes.</summary>
    public static readonly ProblemKind TooLarge = new(
        "photo-too-large",
        413,
        "照片文件过大 The photo's file is too large",
        "A photo may have 20 MiB. Reduce its size and send it again."
    );

    /// <summary>Too many pixels.</summary>
    public static readonly ProblemKind TooManyPixels = new(
        "photo-too-many-pixels",
        413,
        "照片像素过多 The photo has too many pixels",
        "A photo may have 50 million pixels. Choose a lower resolution in the camera's settings."
    );

    /// <summary>Not a format that is kept.</summary>
    public static readonly ProblemKind Format = new(
        "photo-format",
        415,
        "照片格式不支持 This format of photo is not taken",
        "Photos are JPEG, PNG or WebP without animation; the content decides, not the name or the declared type."
    );

    /// <summary>The format of Apple's phones, which browsers do not show.</summary>
    public static readonly ProblemKind Heic = new(
        "photo-heic",
        415,
        "请改用 JPEG 格式拍照 HEIC photos are not taken",
        "hint says in Chinese (zh) and English (en) how to switch the phone to JPEG."
    );

    /// <summary>Cut off, damaged, or holding what is not understood.</summary>
    public static readonly ProblemKind Damaged = new(
        "photo-damaged",
        422,
        "照片已损坏 The photo is damaged",
        "It was cut off on the way or cannot be read fully. Keep the original and send it again."
    );

    /// <summary>One account has sent too many.</summary>
    public static readonly ProblemKind TooMany = new(
        "photo-quota",
        429,
        "今日上传照片过多 Too many photos were sent in a day",
        "An account may send 1000 different photos in 24 hours. Keep the originals and send them later."
    );

    /// <summary>No space left for photos.</summary>
    public static readonly ProblemKind StoreFull = new(
        "photo-store-full",
        507,
        "照片存储空间不足 There is no space left for photos",
        "Nothing of the request was kept. Keep the original, tell the administrator, and send it again later."
    );

    /// <summary>All kinds.</summary>
    public static readonly IReadOnlyList<ProblemKind> All =
    [
        TooLarge,
        TooManyPixels,
        Format,
        Heic,
        Damaged,
        TooMany,
        StoreFull,
    ];
}
