namespace GeoCivic.Http;

/// <summary>Problems of a whole file: it cannot be read, so no row has an outcome and nothing was written.</summary>
public static class FileProblems
{
    /// <summary>All kinds, by the codes that readers and the import give.</summary>
    public static readonly IReadOnlyList<ProblemKind> All =
    [
        new(
            "street-missing",
            400,
            "The street is not named",
            "Say which street the records belong to: street=CODE."
        ),
        new(
            "unknown-field",
            400,
            "A mapping names an unknown field",
            "GET /api/imports/datasets lists the fields of each dataset."
        ),
        new(
            "columns-missing",
            422,
            "Columns were not recognised",
            "columns[] are those of the file, missing[] the fields without one. Name them with map=field=column, or give one value for all rows with set=field=value."
        ),
        new(
            "too-many-categories",
            422,
            "Too many different categories",
            "The column holds so many values that it is hardly a category; map another one."
        ),
        new(
            "too-many-refused-rows",
            422,
            "Too many rows were refused",
            "The import stopped counting; the mapping or the encoding is probably wrong."
        ),
        new(
            "encoding-unknown",
            422,
            "The text is not UTF-8",
            "encoding is the one that fits, preview how the header reads in it. Send the file again with encoding=…"
        ),
        new(
            "unknown-encoding-name",
            400,
            "Unknown encoding",
            "Use utf-8, utf-16 or gb18030 (gbk and gb2312 are read as gb18030)."
        ),
        new("invalid-json", 400, "The file is not JSON", "detail says where reading stopped."),
        new(
            "json-too-deep",
            400,
            "The JSON is nested too deeply",
            "GeoJSON needs no more than 64 levels."
        ),
        new(
            "crs-member",
            400,
            "GeoJSON with a crs member",
            "RFC 7946 GeoJSON has none. Remove it and declare the system with crs=…"
        ),
        new(
            "document-type",
            400,
            "XML with a document type",
            "Workbooks need none; it could name outside files. Save the workbook anew."
        ),
        new(
            "not-a-feature-collection",
            422,
            "Not a FeatureCollection",
            "Send a GeoJSON FeatureCollection or a single Feature."
        ),
        new("empty-file", 422, "The file is empty", "There is nothing to import."),
        new("no-rows", 422, "The file has no rows", "There is only a header."),
        new("duplicate-columns", 422, "Two columns have the same name", "Rename one of them."),
        new(
            "invalid-header",
            422,
            "The header cannot be used",
            "A column name holds control characters."
        ),
        new(
            "unclosed-quote",
            422,
            "A quotation mark is not closed",
            "detail names the line where the quoted text begins."
        ),
        new("damaged-file", 422, "The file is damaged", "Save it anew and send it again."),
        new(
            "incomplete-shapefile",
            422,
            "A part of the shapefile is missing",
            "Zip .shp, .dbf, .shx and .prj of one name together; detail names the missing part."
        ),
        new(
            "several-layers",
            422,
            "The file holds several layers",
            "layers[] are those of the GeoPackage or archive. Say which one with layer=NAME."
        ),
        new(
            "unknown-layer",
            422,
            "The file has no such layer",
            "layers[] are those it has; a file of another format has none to choose from."
        ),
        new(
            "no-layers",
            422,
            "The GeoPackage has no layer of features",
            "Tiles, views and tables without places are not read; export the layer as a table of its own."
        ),
        new(
            "unsupported-geometry",
            422,
            "The shapes are of a type that is not read",
            "Points, lines and areas are read; convert multipatches, curves and surfaces before sending."
        ),
        new(
            "unsafe-archive",
            422,
            "The archive is not safe to open",
            "An entry leads out of the archive."
        ),
        new(
            "unsupported-format",
            415,
            "This format is not read",
            "Send GeoJSON, CSV (UTF-8, UTF-16 or GB18030), xlsx, a GeoPackage or a zipped shapefile; save .xls as .xlsx."
        ),
        new(
            "encrypted-file",
            415,
            "The workbook is protected by a password",
            "Save it without one."
        ),
        new("macro-workbook", 415, "The workbook holds macros", "Save it as .xlsx without macros."),
        new("file-too-large", 413, "The file is too large", "Split it."),
        new("too-many-columns", 413, "Too many columns", "Remove the columns that are not needed."),
        new(
            "too-many-rows",
            413,
            "Too many rows for a workbook",
            "Save it as CSV, which has no such limit."
        ),
        new(
            "too-many-vertices",
            413,
            "A shape has too many vertices",
            "Simplify it; a metre is fine enough for a boundary."
        ),
        new(
            "feature-too-large",
            413,
            "A feature is too large",
            "Remove large properties, or simplify its shape."
        ),
        new(
            "archive-bomb",
            413,
            "The archive inflates beyond measure",
            "Save the workbook anew, or send CSV."
        ),
    ];
}
