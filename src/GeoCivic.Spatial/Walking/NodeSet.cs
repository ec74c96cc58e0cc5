namespace GeoCivic.Spatial.Walking;

/// <summary>Nodes that become one when they are found to be one; the oldest keeps its place.</summary>
internal sealed class NodeSet
{
    private readonly List<int> _parent = [];
    private readonly List<(double X, double Y)> _places = [];

    internal int Count => _parent.Count;

    internal int Add(double x, double y)
    {
        _parent.Add(_parent.Count);
        _places.Add((x, y));
        return _parent.Count - 1;
    }

    internal (double X, double Y) Place(int node) => _places[Root(node)];

    internal void Move(int node, double x, double y) => _places[Root(node)] = (x, y);

    internal int Root(int node)
    {
        while (_parent[node] != node)
        {
            _parent[node] = _parent[_parent[node]];
            node = _parent[node];
        }

        return node;
    }

    internal void Unite(int a, int b)
    {
        var (low, high) = (Root(a), Root(b));
        if (low != high)
        {
            _parent[Math.Max(low, high)] = Math.Min(low, high);
        }
    }
}
