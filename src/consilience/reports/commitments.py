def find(analysis, times=(), figures=(), attributions=()):
    return ()
