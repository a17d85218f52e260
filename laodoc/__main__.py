from laodoc.cli import main

main()
