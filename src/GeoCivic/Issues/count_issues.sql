SELECT count(*)
{{from}}{{where}};
