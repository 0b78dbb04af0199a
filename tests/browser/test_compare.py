def test_the_front_page_loads(page):
    page.goto("/")
    page.wait_for_selector(".studio h1")
