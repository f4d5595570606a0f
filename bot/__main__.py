"""`python -m bot`, also installed as `nhacviec`."""

from bot.cli import main

if __name__ == "__main__":
    main()
