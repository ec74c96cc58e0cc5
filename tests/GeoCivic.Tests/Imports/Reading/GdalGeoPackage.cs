using System.IO.Compression;

namespace GeoCivic.Tests.Imports.Reading;

/// <summary>
/// A GeoPackage as another program writes it: three schools written by GDAL 3.6.2 (ogr2ogr), compressed by gzip. One of
/// two areas with heights, one without, one without a place; spatial index, triggers and counts as it adds them.
/// </summary>
internal static class GdalGeoPackage
{
    private const string Compressed = """
        H4sIAAAAAAACA+09bXAbx3W7hEiQ1Icl2xRMU7RWsGkAIUDiQxQFSbQFkScIMQlQAGiZkj03CHAkLwIOMHAUCdV1Q9KO05l67KZNnJk4
        TRTHdtrGU41rTydKpp7J9PNPMtOM2/RHJk1SUXXrpuNOE8/YP9K3tzjgDjjwQ2IiSsTTce/27du3i33v7b7d21vFTo+KskCmsvlMQiY+
        1IQwRscJQQi1w98hVAGK26aJY4RsP6IPwfFHgsgY2lFfEjfDw734aRo/hD/Gv8If4PfxNfwz/GP8I/xD/H38j/hv8Dv4Cn4bX8Z/jl/D
        l/DL+CX8efw8/hxeYhlvWxiwQ3DQBoGvBwLvAxB47ofAbYXASRu9txsCxz4IbF0QWDupMCwQ7N8LwX0dEHTfDcG+uyDoupO29h4IOndD
        cM8dEFh2QbB3BwR3badCaYOgzQRBqyIbjD+mNdnGbg24/WFn6W5SnprwEMJfhuA3CvhLt10zPo7MQ6ijdX9mQkoJU6IkpMi0kJ3OJ3Iz
        YpLEorFwJMzNqmmzRkTJbDafEqUE9MF5YUrIC1JSIIViQRYy536tgvko6sD7z1dKGU7kZaEgJiS1kF8blFIhWqGQnUpHPoPo9ZuEpbsv
        TbX1oo6mZ8SF7jPBGDl8kDZDSpDFJDceC+5eDnKR4HDsnJUlWp0jgfjEmBLlPX6KiI2f4qKR0EiF5JBv8LDHN+j0+g/3eQcGvV7fwCGf
        MzARPxWJhuKT56yUs9VpHXT73NYnnjBIOeTzHqIp49HQGAelBfOCIM2JyRmr021Aftjv9lDyiXAofs6aEqaBHCj73J7BgwM+r9874PH7
        D/qM6uD3eL1KHR4LwY8cTciiPJuCzOFINH6qjM5K0yU8F4jFjWp8kNU4rVL2p0usNFIuEFEiKSEpZhJpwmpZIFmJyDMCKbV9ITcj5LNi
        SpE/fhXB1YDNCpN4e2d3584hM0DT1TdeW/7apSkhIc/mhQKLed3eQy6Px+X1xt2Hjgz4jngH+gY9vrPHz77iA3AeH3rhcfsvv/c8xF/9
        eezDH0D8J0dTZ7t3L7cr8v8VgqsBWwbaTJ1tTHMa8t/a8mfj/0cIrr9CT8G/Evi3tVjGbBiJ4E7MF55MwySRT8zKWSXOT+fOT/PJrCQL
        klzgvbqo2W9aMauuIjdxbrdowmbLwABecsiJT6UF5TcUcjCYJtI8eEk8+EdGuKbhKBeIcyQeODHKESMKYi/kC7yUyAgkzj0WJ+EI/E2M
        jjopWkyRUDjOBbloGU+o8xGITpJHuElnNj+dkMSLwBDGa312bRKvDPZQmBFDp+IBigqLKh4poZDMi7kyd4fi/6MHEUrQoB6sIlKdNnh0
        0ZalfU1mi82Gn52rNLOaqIs01zasmkTsSl6DNtW1XSohJ3i5mKtudzEFTMQpUcizBPDeTk9wNW1BRriTgYnROLHZnOlEQeaTMwlpWiDg
        iHJxcA8rhaqE9oKcn5LFjGC39Uy6ejKunlS859SRnrEjPVNnbU6blJ2zORzOjCjx82QkMgE/zElorKjGMol5bRLEykl6bXEOR8KxeDQA
        UTJ1np9O8nm+RHEyEuVCwTBtAqZ6YspBotxJLsqFh7mYoY6qdIr8W1APwn+Lneg99B2Ug8hPK5Lvo0GorcXyxOCK4gdfPiPI+SLILD2b
        kdROoRp9R6h1/aw8huhdzyCz2TI4iJ/bX9GsaiKGhJ+wO9DSYpnoX7FgmJRVq7EWtWNhb7PZ0t+PF85VCtQS1CC216q0NnltWl3y9CDX
        rCSXbV1VQUruuIHOmvn//4fgasAWgXZs6sRs+Dc1/L+G/4fxzxBcDbgtYR82d3Z0N+FWJnA6Qga5yBgXj07uXm5i9v8BgqsBWwF2bevs
        aKuoQqP/39r9P41V+cw7a73Ware6/oTMySiMUspM6BRtHfNj50USD4Un6cynjMrUojQTpNx5pca0tgWtL62ttpNoaurQ5p5VpleaH8jm
        i9rMjtrpmCzpJ2Ia4prJmMEEwIAjNMd1ze3KhI41aILyJrCpYRFbdi7QkP+WBrb+txchHgK6TeQ0xQa3t1jODay4oCCL0HNlEnJenOcL
        glxaL6nC3rl0X7uyyPosX1kyqaIxwu2pHYKqKNa4JFhvSNEuyemxxVqsZo1Oj62lrerE5UxBO5Bs6ABBed/4ENHo/xv9f0P+W7v/x+gI
        QkewhKX15Fwa3mG2uFz4s37Drr06fveKXfoKE4qLWfDk08IFIW3QjbPxYE5MyTN1U2cEcXpGrk1Wiq+TVUmrlzEnzgtpHoYh8aJQMwKw
        xKJxon6OIsuZ+rOTys+u7vnlTGbDBpXS+7/PIPwOBDcBFo/tMneddrU+0wyymp4W8jWDfaUheFEqCPkah0FVrGgoSMVkW52DjZzgaLOB
        aGNcNE4i4dpcNtqwhAsMnyLRyBnIEAyFSYwb5YbjBEQR4+yBE5Fo3ElsjKeyv4o2LLHV8rKRC2I2rezMAikU5HxClOQjGhmTZEKSsjL5
        lEDSQqFA5JmERNw2BzlzCmRI7GHuTJ+G+hhxO44SLjzy8M4WS8y1ZketxknrYPb/l4hetwgsfvIOpjIH1qAys7kUNPuNqAzjUFaZiXH6
        Pphkp7TSuzEFYiXcHAVi8v82otctBYsju81dE6AFe+ppgXZwuN6uw4DHZuk8dGOfkfQ9eunr6I8Rj1b+f4rotbnlHd/D5O1Zk7yv0+4N
        eFRbfuSkvulvlu1vpPzfRvS6dWz/1J3mrjOgC5ZVdIF5cDdo/Domm8z6Sy7q2sVfylAl/28gem1acU/excTtX5u4b8z2dUzqG3+pIW+y
        9W+Q/N9C9LplzD90NxsKuurpg3aGdr3Wb8Bjsxi/bgKamS0okp/OC0CYr/b86NxTUQBdpof0/t9mt/8OJu+ja5L3dZq/AQ8D69e14s0y
        /g2X/61m/3vXZP/FDbD/4ua1/+L1yL9Y3/5f3oSibmX2b1mT/Rc3wP6La7L/4maw/w2Tvwn3IPxP+GHc01gPN4R7TG0I7enB8BjzLb95
        afnl37/68uVri982L+xuakcLF/b0UlUNjiPT8m6EfvxAy8IXXjl7/Acfxn7+Ktxf+N4v7Y+/MHT80V2uN78Cd2xSjI6dpqASq0TVmdS4
        mrmaPub99ytXrn7+D/7j0ktXL79w9Y3XntmB29Fz9+7pNR9oG4IqNdMq0a8AfZDro6c//V1ZzQ2lP8DWf/8FYQcEL8K/mw/BDeAx3tli
        6e3Fk4plldZFC8KTs/TL56ro/boXE1WJdmUxHmKOhfg9ZktnJ14yKTzZ7ikWHtBxsDKkldiJdUpMWcvvD7RL/YGJeCQUhnxjnHYPE7HS
        fUtWom7QBMS1737x2tcWrMpLEYheffH5a69fLkff+8rXr73+F1YCFaC5r37nyvLnXrQqn6xAdPmNV9576ZtWciISGeUCYYr58lvLX7xs
        LX/T4mjs/9+C73w1+/9pHHqR7rOpoz+BOyOQ2J1Ix/EvTOz1MP6v0gM9METtTdQ+SM1l+dfvfxhbAV9disqnHr6aDy37W/uAGNIKM3/4
        309p0lS8/61/uPDXGvyf/M/rf/fICvh6fKrxSgPgUgO0UqrqCkJz6bpXA7zaiat4lU89fDWfmOfqN15fvvJny29+lXX2x//ok0qax+8/
        7HL7XW6P8im42+dyD9BPwd0DR9zuPrfbfXaF978m9M8IfxUfhNttAo+bWjo7XE8eqOxzVlyrvJwXqC+fEuZnZDl3pL9/bm6uD5JzieT5
        xLTQl81P9xdyQhJasf9+YV4WpAL92FLJN5eHgcGVldJFsanlKLLNHVB4ZgQ5oXx4WD5ZQ4deVzlqJvDkUi6lPB632GqK2sgC2hX/748R
        /jf8NtwasAmANIPy4vq6a/pEM+gfXov6Ne1vBv1pq68+zP/7e4RbIHjnVmwtZYo41NViOd274nvwshWo33ZWEA8uzN1rpv7iUk9lL0sl
        uSraU7uTpZJYs5GlZkO8s2KOBrtdNJ9uV22OT2ZrPmzW7AuZFng5abRVXbfP3Un0hTtK/t8uhHc17A6hhSw2o67e7qUD1DYKglzqXadT
        iTTtU2Vovv75TPpYcCQwOjablsWRbAbm5GMla3qonZBjaoSklLQhazgQDz3K8eBzB6yUgtKMhMh5oViV9jvkd4/1Q1IdojFuJBTg45Pj
        nPWhRC6XFpPKWQD9F6QU7ft7P13ISuX88FCu1LH+uvVl6z//i+D6z9tevGw1afs+5UCCpYmKrRt2jfZaO1eTiF2zqVhjhRk+d14/z4sN
        a/ajpXgDK64cO1DSOZtCKCekVCKf4mfzYpXVZ8SMYHDMQYWPqqXASK1vHUpbyf5/iOBqwO0BvbjV0glDYhvSrFQYnxDlPcvs343gsq/F
        epbGus2Wo0fxZz211lPHB6mgP1HfoipExF5+NDIX56rjaz47x4sp/kIiPSuUj8+gp3SATWVyG3CcR4qfomu0ht8VpPgceNeSXOfojmQ+
        k+czUyI/dV6/cbPCtHbjZrlDgsRaZjlDZuVarMzOweZ/RYQ/gz6C25O/tW7494jZ4vfjhU5Fnsy7ZarKvt2Tsqk62D79cpsxkdVOQylr
        tPqmHBTjWDDtVzR5obtODUCPxFQdtGu1OihUVrtyM6wDq57j6fvokSKtCy7jStQgSuU+GorGJwKjdcu3kolYKBwkSgIIWjl2Zl45YWZe
        eS4qz0W2/5d+//tx4wvgrQOmJhNqM2EIWP/vR/RaFyyN4G3ouR2o8vUIPvFu55dOvNv1WuD9iz8NvP/0RyV804l3933rxLvdHoZ/6heN
        9t880Pj+qyH/JuREOA/BKrA4bDV3DXVW3sPXDntsTwPDVL1xt9ajtpLAyTgQVDZVlF+hnTnFhYldEub6Si/Gyj5bIDyiRGJxPlTgMjm5
        qLzkZmQOR+m9u8oyCk7Q+GhgmO7ciEcMx8tHA6MT4CExLvS9nRNYj4nSY1q+TlreWGJej2SEk0aEOiR7476w/YDZMjSEFxx1/A7mutXD
        96/meTCyFf0fRkIJ2PwPfQHRa9PA4sz95q6HO1ufNdVVNLZ5wrNWTSuRq6pW2c9R0qsapYuMjjA1IEOkrBKK1mkkSjXwFtdGJn9w/baU
        97dofkBRsKXAKgrmXZ+CeTdawUIxRb9AZVZWrRFulIPyTkYjY4b6xPYCwVRkqFKwRv6/hfPfO3qYST+xSov71tfivuoWr9/OBzbOkq+v
        uTer/TchG0If0KD+wnjQpgz9i8N1xZcS0oIsrFV6jFoVXqk9a4SXTadqRv4bVPjFHQ8y039kFUU8uD5FPLhBirjhFg+09nLZzkrJmv4f
        NyPlP4LZsq995u3mrhjoxB0lnSjdSg4qrzuClddu/arWjjVkXMHdZZItKVDNcbEkxsWJ/jTYoap4L/GUBJ/Ozgl53efgQyWcjZVma8hf
        I3+HsfxZL3Ud8l8h4wp93g3L37Vu+f8/nUp+7gBsAAA=
        """;

    /// <summary>The file.</summary>
    internal static byte[] Bytes()
    {
        using var packed = new MemoryStream(
            Convert.FromBase64String(
                Compressed.ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal)
            )
        );
        using var gzip = new GZipStream(packed, CompressionMode.Decompress);
        using var whole = new MemoryStream();
        gzip.CopyTo(whole);
        return whole.ToArray();
    }
}
