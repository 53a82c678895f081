from django.urls import path

from anwei.inventory.stock.views import counting, lists, returning, sending

app_name = "stock"
urlpatterns = [
    path("", lists.stock_list, name="list"),
    path("issue/", sending.issue_parts, name="issue"),
    path("send/", sending.send_parts, name="send"),
    path("transfers/", lists.transfer_list, name="transfers"),
    path("transfers/<uuid:id>/", sending.transfer, name="transfer"),
    path("transfers/<uuid:id>/cancel/", sending.cancel, name="cancel_transfer"),
    path("returns/", lists.due_list, name="dues"),
    path("returns/<uuid:id>/", returning.due, name="due"),
    path("returns/<uuid:id>/in/", returning.take_in, name="hand_in"),
    path("returns/<uuid:id>/scrap/", returning.propose_scrapping, name="scrap"),
    path("counts/", lists.count_list, name="counts"),
    path("counts/new/", counting.count_place, name="count_place"),
    path("counts/new/<uuid:id>/", counting.count_in, name="count_in"),
    path("counts/<uuid:id>/", counting.count_page, name="count"),
]
