SELECT count(*) FROM issues i
{{where}};
