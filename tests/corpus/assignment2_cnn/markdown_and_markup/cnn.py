TEXT = "[bold]not bold[/bold] </pre><script> ``` # heading"


def max_pool(x, size=(2, 2), stride=(2, 2)):
    print(TEXT)
    raise ValueError(TEXT)
